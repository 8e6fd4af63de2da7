// A process that does nothing: what a start of Node itself costs.
