"""What the rules ask: indicators, compliance rules and targets, as pure functions of facts."""
