"""The only place that decodes, resamples, levels, mixes and encodes sound: a floor under the stages that need it."""
