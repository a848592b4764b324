"""`handfast samples`: loads the sample engagements into this installation, or takes them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from handfast.cli.opening import open_house

if TYPE_CHECKING:
    from handfast.journeys.samples.sample import SampleEngagement

PASSWORD = "handfast-sample"  # noqa: S105 - of made-up persons, and only at one's own desk


def samples(
    once: Annotated[
        bool, typer.Option("--once", help="Load those that are not there, and leave the others.")
    ] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take them out instead.")] = False,
) -> None:
    """Load the two sample engagements, Light and Standard, and say who can sign in; `--remove` takes them out."""
    open_house()
    from django.conf import settings

    from handfast.journeys.sampling.catalogue import sample_keys, sample_named
    from handfast.journeys.sampling.loading import Loading, found_loaded, load_sample
    from handfast.journeys.sampling.removing import remove_loaded

    how = Loading(password=PASSWORD if settings.HANDFAST_MODE == "local" else None)
    for key in sample_keys():
        sample = sample_named(key)
        found = found_loaded(sample, how)
        if found is not None and (remove or not once):
            remove_loaded(found)
            typer.echo(f"{sample.name} ({key}) is gone")
        if remove or (found is not None and once):
            continue
        typer.echo(f"loading {sample.name} ({key}) …")
        load_sample(sample, how)
    if not remove:
        _say_accounts([sample_named(key) for key in sample_keys()], how.password)


def _say_accounts(loaded: list[SampleEngagement], password: str | None) -> None:
    """Who can sign in; outside of a desk of one's own nobody can, as the password would be known to all."""
    if password is None:
        typer.echo("their persons cannot sign in here: invite yourself, or load a sample from your home page")
        return
    told = {
        one.email: f"  {one.email}  {one.name}, {one.side}" for sample in loaded for one in sample.persons
    }
    typer.echo(f"sign in with the password {password} as")
    typer.echo("\n".join(told.values()))
