"""Pictures of cards: drawn anew by a process of its own, shown at an address that nobody guesses."""

from __future__ import annotations

import io
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import Role, User
from flows.graph import Graph
from flows.models import CardPicture, Flow, KeptDraft
from flows.pictures.forgetting import forget_unnamed
from flows.pictures.naming import pictures_in
from flows.publishing import create_flow, problems_of, publish, save_draft
from flows.yaml_form import from_yaml, to_yaml
from tests.conversations.files import PDF, SCRIPT, SVG, gif_and_script, photo, picture, png_of

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/staff/flows/card-pictures/"


def lamps(name: str = "") -> Graph:
    card = {"title": {"en": "Luna"}, "picture": name, "alt": {"en": "A lamp"}}
    step = {"id": "shown", "kind": "say", "text": {"en": "Our lamps"}, "cards": [card]}
    return Graph.model_validate({"key": "lamps", "start": "shown", "nodes": [step], "begins": False})


@pytest.fixture
def flow() -> Flow:
    return create_flow(lamps(), author=None)


@pytest.fixture
def lea(flow: Flow) -> Client:
    browser = Client()
    browser.force_login(User.objects.create_user("lea", role=Role.EDITOR))
    return browser


def send(browser: Client, data: bytes) -> Any:
    return browser.post(ADDRESS, data, content_type="application/octet-stream")


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def moved(gif: bool = True) -> bytes:
    """Two frames, the first of them white."""
    file = io.BytesIO()
    frames = [Image.new("RGB", (20, 10), shade) for shade in ("white", "black")]
    frames[0].save(file, "GIF" if gif else "WEBP", save_all=True, append_images=frames[1:], duration=50)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_drawn_anew_and_shown_to_everybody(lea: Client, kind: str) -> None:
    answer = send(lea, picture(kind, size=(1600, 800)))
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["width"], told["height"]) == (1200, 600)
    shown = Client().get(told["url"])
    assert shown.status_code == 200 and opened(shown.content).size == (1200, 600)
    assert shown.headers["Content-Type"] in ("image/png", "image/jpeg")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in shown.headers["Cache-Control"] and "public" in shown.headers["Cache-Control"]
    assert "sandbox" in shown.headers["Content-Security-Policy"] and "Cookie" not in shown.get("Vary", "")
    assert CardPicture.objects.get().author.username == "lea"


def test_only_its_pixels_stay(lea: Client) -> None:
    shown = Client().get(send(lea, photo()).json()["url"])
    assert b"Secret camera" not in shown.content and not opened(shown.content).getexif()
    assert opened(shown.content).size == (480, 640)  # the right way up
    hidden = Client().get(send(lea, gif_and_script()).json()["url"])
    assert b"alert" not in hidden.content


def test_a_photo_is_kept_lean_and_a_drawing_sharp(lea: Client) -> None:
    for noise, media_type in ((60, "image/jpeg"), (0, "image/png")):
        file = io.BytesIO()
        Image.effect_noise((600, 400), noise).convert("RGB").save(file, "PNG")
        assert Client().get(send(lea, file.getvalue()).json()["url"]).headers["Content-Type"] == media_type


@pytest.mark.parametrize(("seen", "media_type"), [(255, "image/jpeg"), (254, "image/png"), (0, "image/png")])
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_only_holes_that_are_there_keep_a_photo_large(
    lea: Client, kind: str, seen: int, media_type: str
) -> None:
    drawn = Image.effect_noise((1600, 900), 60).convert("RGBA")
    drawn.paste((0, 0, 0, seen), (100, 100, 300, 300))
    file = io.BytesIO()
    drawn.save(file, kind, lossless=True)
    shown = Client().get(send(lea, file.getvalue()).json()["url"])
    assert shown.headers["Content-Type"] == media_type
    assert opened(shown.content).mode == ("RGB" if seen == 255 else "RGBA")


def test_a_colour_that_could_be_a_hole_and_stands_nowhere_is_none(lea: Client) -> None:
    for hole, has_holes in ((200, False), (0, True)):
        file = io.BytesIO()
        drawn = Image.effect_noise((60, 40), 30).point(lambda shade: min(shade, 199)).convert("P")
        drawn.paste(0, (0, 0, 20, 20))
        drawn.save(file, "PNG", transparency=hole)
        shown = opened(Client().get(send(lea, file.getvalue()).json()["url"]).content)
        assert (shown.mode == "RGBA") == has_holes


@pytest.mark.parametrize("size", [(200, 100), (2000, 1000)])
def test_a_grey_picture_of_many_shades_keeps_them(lea: Client, size: tuple[int, int]) -> None:
    """A scan, say: black at the left, white at the right, and what lies between."""
    shown = _of_shades(lea, size)
    assert shown.mode == "RGB" and _seen(shown.convert("L")) == [0, 64, 128, 192, 255]


def test_one_of_them_may_be_a_hole(lea: Client) -> None:
    shown = _of_shades(lea, (2000, 1000), transparency=0)
    assert shown.mode == "RGBA" and _seen(shown.getchannel("A")) == [0, 255, 255, 255, 255]


def _of_shades(browser: Client, size: tuple[int, int], **more: int) -> Image.Image:
    shades = (0, 16_384, 32_768, 49_152, 65_535)
    row = b"".join(shade.to_bytes(2, "little") * (size[0] // 5) for shade in shades)
    file = io.BytesIO()
    Image.frombytes("I;16", size, row * size[1]).save(file, "PNG", **more)
    return opened(Client().get(send(browser, file.getvalue()).json()["url"]).content)


def _seen(shown: Image.Image) -> list[Any]:
    return [shown.getpixel((shown.width * (2 * place + 1) // 10, shown.height // 2)) for place in range(5)]


@pytest.mark.parametrize("gif", [True, False])
def test_of_one_that_moves_the_first_frame_is_taken(lea: Client, gif: bool) -> None:
    shown = opened(Client().get(send(lea, moved(gif)).json()["url"]).content)
    assert getattr(shown, "n_frames", 1) == 1 and shown.convert("L").getpixel((5, 5)) > 200


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (SVG, 415, "Choose a PNG, JPEG, WebP or GIF file"),
        (PDF, 415, "Choose a PNG"),
        (SCRIPT, 415, "Choose a PNG"),
        (b"", 400, "The file is empty"),
        (picture()[:-400], 422, "could not be read"),
        (png_of(60_000, 60_000), 422, "too many pixels"),
        (b"x" * 10_000_001, 413, "larger than 10 MB"),
    ],
    ids=["svg", "pdf", "script", "empty", "broken", "bomb", "large"],
)
def test_anything_else_is_refused_with_what_to_do(lea: Client, data: bytes, status: int, words: str) -> None:
    answer = send(lea, data)
    assert answer.status_code == status and words in answer.json()["error"]
    assert not CardPicture.objects.exists()


def test_only_editors_send_pictures(flow: Flow) -> None:
    browser = Client()
    assert send(browser, picture()).status_code == 302
    browser.force_login(User.objects.create_user("agent", role=Role.AGENT))
    assert send(browser, picture()).status_code == 403
    assert not CardPicture.objects.exists()


def test_one_that_is_not_there_is_not_found() -> None:
    assert Client().get(f"/pictures/{uuid4()}/").status_code == 404
    assert Client().get("/pictures/../staff/").status_code in (404, 302)


def test_the_emulator_shows_it_and_yaml_names_it(lea: Client) -> None:
    name = send(lea, picture()).json()["id"]
    assert from_yaml(to_yaml(lamps(name))) == lamps(name) and f"picture: {name}" in to_yaml(lamps(name))
    for given, told in ((name, f"/pictures/{name}/"), (str(uuid4()), None), ("x", None)):
        sent = {"graph": lamps(given).model_dump(), "event": {"start": True}}
        answer = lea.post("/staff/flows/lamps/try/", sent, content_type="application/json")
        (said,) = [one for one in answer.json()["effects"] if one["kind"] == "say"]
        assert (said["cards"][0]["picture"] or {}).get("url") == told


def test_one_that_is_gone_is_a_problem_that_stops_nothing(lea: Client, flow: Flow) -> None:
    there, gone = send(lea, picture()).json()["id"], str(uuid4())
    for name, codes in ((there, []), (gone, ["no_picture"]), ("x", ["no_picture"])):
        save_draft(flow.pk, lamps(name), author=None)
        found = [one for one in problems_of(lamps(name)) if "picture" in one.field]
        assert [(one.level, one.node, one.code) for one in found] == [
            ("warns", "shown", one) for one in codes
        ]
        told = lea.get("/staff/flows/lamps/draft/").json()["problems"]
        assert [one["code"] for one in told if one["field"] == "cards.0.picture"] == codes
        publish(flow.pk, author=None)


def test_a_file_is_checked_for_its_pictures(flow: Flow, tmp_path: Path) -> None:
    (tmp_path / "lamps.yaml").write_text(to_yaml(lamps(str(uuid4()))), "utf-8")
    out = StringIO()
    call_command("check_flows", str(tmp_path), stdout=out)
    assert "shown → cards.0.picture: The picture of this card is not here" in out.getvalue()


# --- Forgetting


def kept(*, days: int = 0) -> CardPicture:
    """One that no flow has named for so many days."""
    since = timezone.now() - timedelta(days=days)
    return CardPicture.objects.create(
        data=b"x", media_type="image/png", width=1, height=1, unnamed_since=since
    )


def test_what_no_flow_names_for_a_week_is_forgotten(flow: Flow) -> None:
    drafted, published, waiting = kept(days=8), kept(days=8), kept(days=8)
    old, fresh = kept(days=8), kept(days=6)
    save_draft(flow.pk, lamps(str(published.pk)), author=None)
    publish(flow.pk, author=None)
    save_draft(flow.pk, lamps(str(drafted.pk)), author=None)
    KeptDraft.objects.create(flow=flow, draft=lamps(str(waiting.pk)).model_dump(), why="import")
    assert forget_unnamed() == 1
    assert not CardPicture.objects.filter(pk=old.pk).exists()
    assert set(CardPicture.objects.all()) == {drafted, published, waiting, fresh}
    assert set(CardPicture.objects.filter(unnamed_since=None)) == {drafted, published, waiting}


def test_the_week_begins_when_it_is_taken_out(flow: Flow) -> None:
    one = kept(days=30)
    save_draft(flow.pk, lamps(str(one.pk)), author=None)
    forget_unnamed()
    save_draft(flow.pk, lamps(), author=None)
    assert forget_unnamed() == 0
    assert CardPicture.objects.get().unnamed_since is not None
    assert forget_unnamed(kept=timedelta(0)) == 1


@pytest.mark.parametrize("graph", [None, [], 7, {"nodes": 7}, {"nodes": [7, {"cards": [7, {"picture": 7}]}]}])
def test_what_is_no_graph_names_none(graph: Any) -> None:
    assert list(pictures_in(graph)) == []
