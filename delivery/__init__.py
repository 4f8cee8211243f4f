"""From a clone to a deployed environment: tools found, cdktf run, outputs kept."""
