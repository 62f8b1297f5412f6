"""Words that say nothing about what a text is about. Staff may add more and protect some (`models.SpecialWord`)."""

DUTCH = frozenset(
    """
    aan al alle alles als altijd andere ben bij binnen daar dan dat de der deze die dit doch doen door dus een eens en er
    etc ge geen geweest haar had hadden hebben heb heeft hem het hier hij hoe hun iemand iets ik in is ja je jou jouw jullie
    kan kon kunnen maar me meer men met mij mijn moet moeten na naar niet niets nog nu of om omdat onder ons onze ook op over
    per reeds s t te tegen toch toen tot u uit uw van veel via voor want waren was wat we wel werd werden wezen wie wij wil
    willen worden wordt zal ze zelf zich zij zijn zo zoals zonder zou zouden
    """.split()
)
ENGLISH = frozenset(
    """
    a about after all also an and any are as at be been but by can could did do does for from had has have he her his how i
    if in into is it its just may me more most my no not of on or our out over she should so some than that the their them
    then there these they this to too was we were what when which who will with would you your
    """.split()
)
BY_LANGUAGE = {"nl": DUTCH, "en": ENGLISH}
