"""How careers is led, one question at a time; who holds which role; whose each responsibility is."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from dekaan.access.door import SchoolRequest, needs
from dekaan.access.permissions import Permission
from dekaan.core.academic_year import today
from dekaan.core.editing import hold
from dekaan.frameworks.queries import careers_leadership, key_roles, leadership_models
from dekaan.team import changes, forms, queries
from dekaan.team.models import Post, TermsOfPost

LINE_MANAGER = "slt-line-manager"  # of the roles (access)
ADDRESSES = {
    "model": "team-model-change",
    "people": "team-people-change",
    "needs": "team-needs-change",
    "time": "team-time-change",
    "grid": "responsibilities-change",
}
QUESTIONS = {
    "model": "How careers is led here",
    "people": "Who holds each key role",
    "needs": "What that way of leading needs",
    "time": "Time and help",
    "grid": "Who is responsible for what",
}


@needs(Permission.TEAM_SEE)
def team_page(request: SchoolRequest) -> HttpResponse:
    """How careers is led now, who holds each role, and what is not in order."""
    now = queries.standing(today())
    leaders = [each.staff for each in now.holders("leader") if each.staff]
    start = queries.guided_start()
    context = {
        "now": now,
        "delivered": queries.delivered(leaders, today()),
        "next_address": _address(request, queries.next_step(start)),
        "start": start,
        "time": careers_leadership()["time"],
        "facts": _facts(now),
        "terms_of": {post.pk for post in now.posts if _may_see_terms(request, post)},
    }
    return render(request, "team/team_page.html", context)


def _address(request: SchoolRequest, step: str) -> str:
    """Where that step of setting up is answered; nothing where all are."""
    return reverse(ADDRESSES[step], args=[request.school.slug]) if step else ""


def _facts(now: queries.Standing) -> list[tuple[str, str]]:
    led = now.led
    if led is None:
        return []
    time = [queries.hours(led.days_a_week, "day"), queries.hours(led.hours_a_week, "hour")]
    return [
        ("Reports to", led.reporting_line or "not said yet"),
        ("Time", ", ".join(each for each in time if each) or "not said yet"),
        ("Administrative help", queries.hours(led.admin_hours, "hour") or "not said yet"),
        ("So since", f"{led.starts_on:%-d %B %Y}"),
    ]


@needs(Permission.TEAM_CHANGE)
def team_start(request: SchoolRequest) -> HttpResponse:
    """Setting up the role: what is asked, how far the school has come, and where to go on."""
    start = queries.guided_start()
    done = start.done if start else []
    step, still_open = queries.next_step(start), queries.left_open(queries.standing(today()), start)
    context = {
        "steps": [
            (QUESTIONS[each], _address(request, each), each in done, each in still_open) for each in queries.STEPS
        ],
        "next_address": _address(request, step),
        "is_begun": bool(done),
    }
    return render(request, "team/team_start.html", context)


def _on(request: SchoolRequest, step: str) -> HttpResponse:
    """After a step: the next one while setting up, its receipt at the end; else back to what was changed."""
    before = queries.guided_start()
    was_finished = before is not None and before.finished_on is not None
    start = changes.step_done(step, by=request.user)
    if was_finished:
        messages.success(request, "Saved.")
        return redirect("responsibility-list" if step == "grid" else "team-page", request.school.slug)
    if step in queries.left_open(queries.standing(today()), start):
        messages.info(
            request,
            f"Nothing was said of “{QUESTIONS[step]}”, so it stays open, and what rests on it is not known. Say it from "
            "Team once you know.",
        )
    following = queries.next_step(start)
    return redirect(ADDRESSES[following] if following else "team-receipt", request.school.slug)


def _place(step: str) -> dict[str, object]:
    """Which question of how many it is, while setting up is not finished."""
    start = queries.guided_start()
    is_setting_up = start is None or start.finished_on is None
    return {"is_setting_up": is_setting_up, "number": queries.STEPS.index(step) + 1, "of": len(queries.STEPS)}


@needs(Permission.TEAM_CHANGE)
def team_model_change(request: SchoolRequest) -> HttpResponse:
    """Say by which model careers is led."""
    hold(request, request.school)
    form = forms.ModelSaid(request.POST or None, led=queries.leadership(today()))
    if request.method == "POST" and form.is_valid():
        changes.lead_by(by=request.user, **form.cleaned_data)
        return _on(request, "model")
    context = {"form": form, "models": leadership_models().values(), "file": careers_leadership()}
    return render(request, "team/team_model_change.html", context | _place("model"))


@needs(Permission.TEAM_CHANGE)
def team_people_change(request: SchoolRequest) -> HttpResponse:
    """Say who holds each key role."""
    hold(request, request.school)
    now = queries.standing(today())
    start = queries.guided_start()
    form = forms.PeopleSaid(request.POST or None, now=now, is_first=start is None or "people" not in start.done)
    if request.method == "POST" and form.is_valid():
        changes.fill_roles(form.roles(), on=today(), by=request.user)
        return _on(request, "people")
    return render(request, "team/team_people_change.html", {"form": form, "now": now} | _place("people"))


@needs(Permission.TEAM_CHANGE)
def team_needs_change(request: SchoolRequest) -> HttpResponse:
    """Say whether what the model needs because of its weakness is there."""
    hold(request, request.school)
    now = queries.standing(today())
    if now.led is None or now.model is None:
        messages.info(request, "First say how careers is led.")
        return redirect("team-model-change", request.school.slug)
    form = forms.NeedsSaid(request.POST or None, led=now.led, now=now)
    if request.method == "POST" and form.is_valid():
        changes.lead_by(by=request.user, **form.details())
        changes.fill_roles(form.roles(), on=today(), by=request.user)
        return _on(request, "needs")
    return render(request, "team/team_needs_change.html", {"form": form, "now": now} | _place("needs"))


@needs(Permission.TEAM_CHANGE)
def team_time_change(request: SchoolRequest) -> HttpResponse:
    """Say how much time and help there is."""
    hold(request, request.school)
    led = queries.leadership(today())
    if led is None:
        messages.info(request, "First say how careers is led.")
        return redirect("team-model-change", request.school.slug)
    form = forms.TimeSaid(request.POST or None, led=led)
    if request.method == "POST" and form.is_valid():
        changes.lead_by(by=request.user, **form.cleaned_data)
        return _on(request, "time")
    context = {"form": form, "time": careers_leadership()["time"]}
    return render(request, "team/team_time_change.html", context | _place("time"))


@needs(Permission.TEAM_SEE)
def team_receipt(request: SchoolRequest) -> HttpResponse:
    """What setting up came to: gaps, what rests on one person, and where it leads on."""
    now, start = queries.standing(today()), queries.guided_start()
    still_open = [(QUESTIONS[each], _address(request, each)) for each in queries.left_open(now, start)]
    context = {"now": now, "grid": queries.grid(now), "start": start, "still_open": still_open}
    return render(request, "team/team_receipt.html", context)


@needs(Permission.TEAM_SEE)
def responsibility_list(request: SchoolRequest) -> HttpResponse:
    """The grid: who is responsible and who accountable for each of the thirty."""
    context = {"grid": queries.grid(queries.standing(today())), "file": careers_leadership()}
    return render(request, "team/responsibility_list.html", context)


@needs(Permission.TEAM_CHANGE)
def responsibilities_change(request: SchoolRequest) -> HttpResponse:
    """Say of each of the thirty who is responsible and who accountable."""
    hold(request, request.school)
    now = queries.standing(today())
    form = forms.GridSaid(request.POST or None, found=queries.grid(now), now=now)
    if request.method == "POST" and form.is_valid():
        changes.assign(form.said(), on=today(), by=request.user)
        return _on(request, "grid")
    return render(request, "team/responsibilities_change.html", {"form": form, "now": now} | _place("grid"))


@needs(Permission.TEAM_CHANGE)
def post_new(request: SchoolRequest) -> HttpResponse:
    """Say that somebody holds a role."""
    role = request.GET.get("role", "")
    form = forms.PostDetails(request.POST or None, role=role if role in key_roles() else "")
    if request.method == "POST" and form.is_valid():
        post = changes.begin_post(by=request.user, **form.details())
        messages.success(request, f"Saved: {post}.")
        return redirect("team-page", request.school.slug)
    return render(request, "team/post_change.html", {"form": form, "post": None})


@needs(Permission.TEAM_CHANGE)
def post_change(request: SchoolRequest, post_id: int) -> HttpResponse:
    """Change who holds a role, or say that they hold it no more."""
    post = get_object_or_404(Post.objects.select_related("staff"), pk=post_id)
    hold(request, post)
    form = forms.PostDetails(request.POST or None, post=post)
    if request.method == "POST" and form.is_valid():
        try:
            changes.change_post(post, by=request.user, **form.details())
        except changes.HasTerms:
            form.add_error(
                None,
                "Terms are recorded of this post, and they are its holder’s. Give it a last day, and say that somebody "
                "else holds the role from then on: that is a post of its own.",
            )
        else:
            messages.success(request, f"Saved: {post}.")
            return redirect("team-page", request.school.slug)
    return render(request, "team/post_change.html", {"form": form, "post": post})


def _may_see_terms(request: SchoolRequest, post: Post) -> bool:
    """Whether they are the person's own terms, or those of somebody whom they line-manage: never another leader's.

    Of a post whose holder has no account it cannot be known whose they are.
    """
    if Permission.TERMS_SEE not in request.permissions:
        return False
    if any(each.role == LINE_MANAGER for each in request.assignments):
        return True
    # Of a post that is held by somebody without an account, only whoever goes by that name.
    holder = post.staff.user_id if post.staff else None
    return request.user.pk == holder if holder else request.user.name.casefold() == post.holder.casefold()


@needs(Permission.TERMS_SEE)
def terms_change(request: SchoolRequest, post_id: int) -> HttpResponse:
    """On what terms a post is held; for the Careers Leader and the line manager alone."""
    post = get_object_or_404(Post.objects.select_related("staff"), pk=post_id)
    if not _may_see_terms(request, post):
        raise Http404
    hold(request, post)
    terms = TermsOfPost.objects.filter(post=post).first()
    form = forms.TermsSaid(request.POST or None, terms=terms)
    if request.method == "POST" and form.is_valid():
        changes.say_terms(post, by=request.user, **form.cleaned_data)
        messages.success(request, "The terms are saved.")
        return redirect("team-page", request.school.slug)
    return render(request, "team/terms_change.html", {"form": form, "post": post})
