"""Data to measure with: invented, plausible in amount and length of text, and the same for the same seed and day."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from random import Random

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from alliance.models import BuildingBlock, Declaration, Organisation, Signature, Theme
from alliance.models.organisation import HELIX_KINDS, REGISTERED_KINDS, Helix, Province
from alliance.register import load_register
from alliance.sample import load_declaration, load_themes
from fieldlabs.models import Fieldlab, Outcome, Registration
from knowledgebase.models import Adoption, Practice, PracticeOrganisation
from knowledgebase.models.choices import Cost, Dpia, Effort, Phase

FIELDLABS = 28  # seven years of quarters
SEATS = 40  # registrations per fieldlab
OUTCOMES = 5  # per fieldlab that was held

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
PARTNERS = (0, 0, 0, 1, 2)  # how many, as often as they stand here
ADOPTIONS = (0,) * 30 + (1,) * 10 + (2,) * 5 + (4,) * 4 + (12,)
STAGES = [stage for stage in Adoption.Stage.values if stage != Adoption.Stage.STOPPED]


class Maker:
    """Makes everything, each kind in a few inserts, and remembers what later kinds refer to."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.now = timezone.now().replace(minute=0, second=0, microsecond=0)

    def fill(self, *, organisations: int, practices: int) -> None:
        """The register, `organisations` others who all signed, as did many of the register, and `practices`."""
        with transaction.atomic():
            load_themes()
            load_register()
            self.themes = list(Theme.objects.all())
            self.register = list(Organisation.objects.order_by("pk"))
            self.others = self.make_organisations(organisations)
            self.signatories = [*self.others, *self.random.sample(self.register, len(self.register) * 2 // 3)]
            self.make_signatures(load_declaration())
            self.make_outcomes(self.make_fieldlabs())
            made = self.make_practices(practices)
            self.make_adoptions(made)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def make_organisations(self, number: int) -> list[Organisation]:
        """Companies, schools, foundations and the like, who came by signing."""
        kinds = [kind for kinds in HELIX_KINDS.values() for kind in kinds if kind not in REGISTERED_KINDS]
        sides = {kind: Helix(side).value for side, kinds in HELIX_KINDS.items() for kind in kinds}
        return Organisation.objects.bulk_create(
            Organisation(
                kind=kind,
                name=f"{sides[kind].capitalize()} {index:04} {self.word('things')}"[:120],
                slug=f"organisatie-{index:04}",
                province=self.random.choice(Province.values),
                place=self.word("places"),
            )
            for index, kind in enumerate(islice(cycle(kinds), number))
        )

    def make_signatures(self, declaration: Declaration) -> None:
        signatures = Signature.objects.bulk_create(
            Signature(
                organisation=organisation,
                declaration=declaration,
                code=f"{index:012}",
                signer_name="Jo Jansen",
                signer_function="Directeur",
                signer_email=f"jo{index}@organisatie.example",
                mandate_by="Het bestuur",
                mandate_on=self.ago(500).date(),
                contributes=self.random.sample(BuildingBlock.values, 2),
                statement=self.text(250),
                status=Signature.Status.PUBLISHED,
                confirmed_at=self.ago(499),
                published_at=self.ago(498 - index % 490),
            )
            for index, organisation in enumerate(self.signatories)
        )
        self.link_themes(Signature, signatures)

    def make_fieldlabs(self) -> list[Fieldlab]:
        """One per quarter, two of them still to come; those that were held are returned."""
        fieldlabs = Fieldlab.objects.bulk_create(
            Fieldlab(
                slug=f"fieldlab-{index:02}",
                title_nl=f"{self.word('actions')} {self.word('things')}",
                title_en=f"Fieldlab {index}",
                summary_nl=self.text(200),
                summary_en=self.text(200),
                programme_nl=self.text(900),
                host=self.random.choice(self.signatories),
                venue="Stadhuis",
                place=self.word("places"),
                starts_at=self.ago(91 * (index - 1)),
                ends_at=self.ago(91 * (index - 1) - 1),
                capacity=SEATS,
                status=Fieldlab.Status.OPEN if index < 2 else Fieldlab.Status.REPORTED,
            )
            for index in range(FIELDLABS)
        )
        held = fieldlabs[2:]
        self.link_themes(Fieldlab, fieldlabs)
        Registration.objects.bulk_create(
            Registration(
                fieldlab=fieldlab,
                organisation=organisation,
                name="Jo Jansen",
                email=f"jo{index}@organisatie.example",
                code=f"{fieldlab.pk}-{index}",
                status=Registration.Status.ATTENDED,
            )
            for fieldlab in held
            for index, organisation in enumerate(self.random.sample(self.signatories, SEATS))
        )
        return held

    def make_outcomes(self, fieldlabs: list[Fieldlab]) -> None:
        self.outcomes = Outcome.objects.bulk_create(
            Outcome(
                fieldlab=fieldlab,
                slug=f"{fieldlab.slug}-opbrengst-{index}",
                title=f"{self.word('actions')} {self.word('things')}",
                organisation=self.random.choice(self.signatories),
                made=self.text(300),
                learned=self.text(300),
                failed=self.text(200),
                status=Outcome.Status.PUBLISHED,
                published_at=fieldlab.ends_at,
            )
            for fieldlab in fieldlabs
            for index in range(OUTCOMES)
        )

    def make_practices(self, number: int) -> list[Practice]:
        """Published ones, owned by a government, some with one or two partners."""
        practices = Practice.objects.bulk_create(
            (self.practice(index) for index in range(number)), batch_size=1000
        )
        self.link_themes(Practice, practices)
        PracticeOrganisation.objects.bulk_create(
            [
                PracticeOrganisation(practice=practice, organisation=organisation, role=role)
                for practice in practices
                for organisation, role in self.parts()
            ],
            batch_size=5000,
        )
        return practices

    def parts(self) -> list[tuple[Organisation, str]]:
        """A government that owns it, and partners of any kind."""
        partners = self.random.sample(self.others, self.random.choice(PARTNERS))
        owner = self.random.choice(self.register[::2])
        return [(owner, "owner"), *((partner, "partner") for partner in partners)]

    def practice(self, index: int) -> Practice:
        title = f"{self.word('actions')} {self.word('things')} {self.word('ways')}"
        published_at = self.ago(1 + index % 1500, hours=index // 1500)
        phase = self.random.choice(Phase.values)
        return Practice(
            slug=f"{slugify(title)[:60]}-{index:05}",
            title=title[:80],
            summary=self.text(210),
            outcome=self.random.choice(self.outcomes) if index % 3 else None,
            phase=phase,
            stop_reason=self.text(80) if phase == Phase.STOPPED else "",
            problem=self.text(450),
            approach=self.text(650),
            result=self.text(440),
            shortfall=self.text(470),
            contact_role="Projectleider",
            contact_email="contact@gemeente.example",
            started_year=published_at.year - 1,
            building_blocks=self.random.sample(BuildingBlock.values, 2),
            cost_once=self.random.choice(Cost.values),
            cost_yearly=self.random.choice(Cost.values),
            cost_note=self.text(220),
            effort=self.random.choice(Effort.values),
            effort_note=self.text(120),
            lead_time_months=self.random.randint(2, 24),
            supplier_note=self.text(130),
            legal_note=self.text(200),
            dpia=self.random.choice(Dpia.values),
            specific_note=self.text(110),
            adapt_note=self.text(110),
            status=Practice.Status.PUBLISHED,
            published_at=published_at,
            checked_on=published_at.date(),
        )

    def make_adoptions(self, practices: list[Practice]) -> None:
        """None of most practices, a few of some, twelve of one in fifty; by those of the register that own none."""
        Adoption.objects.bulk_create(
            [
                Adoption(
                    practice=practice,
                    organisation=organisation,
                    stage=self.random.choice(STAGES),
                    since_year=self.now.year - 1,
                    changes=self.text(150),
                )
                for practice in practices
                for organisation in self.random.sample(self.register[1::2], self.random.choice(ADOPTIONS))
            ],
            batch_size=5000,
        )

    def link_themes(self, model: type, rows: list) -> None:
        """One to three themes for each row."""
        through = model.themes.through
        name = model._meta.model_name
        through.objects.bulk_create(
            [
                through(**{f"{name}_id": row.pk, "theme_id": theme.pk})
                for row in rows
                for theme in self.random.sample(self.themes, self.random.randint(1, 3))
            ],
            batch_size=5000,
        )

    def text(self, length: int) -> str:
        """Sentences of about `length` characters together; a long text has paragraphs."""
        kept, total = [], 0
        for sentence in self.sentences():
            if kept and total + len(sentence) > length:
                break
            kept.append(sentence)
            total += len(sentence) + 1
        return "\n\n".join(" ".join(kept[start : start + 4]) for start in range(0, len(kept), 4))

    def sentences(self) -> Iterator[str]:
        while True:
            who, did, where, then = map(self.word, ("who", "did", "where", "then"))
            yield f"{who} {did} {where} en {then}."

    def word(self, kind: str) -> str:
        return self.random.choice(WORDS[kind])

    def ago(self, days: int, *, hours: int = 0) -> datetime:
        return self.now - timedelta(days=days, hours=hours)
