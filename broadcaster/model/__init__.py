"""The field's nouns as frozen types: what one stage hands to the next. No I/O.

Texts come in (`script`, `directive`), `speech.SpokenText` is what a voice says, a `programme.Programme` is what goes on
the air, a `plan.Airing` says when and where, an `as_run.Playback` is what the output really did, and an
`as_run.AsRunRow` is the evidence of it.
"""
