"""The Smart Society portal: roof (settings, addresses, pages over all apps) and ground (`core`)."""
