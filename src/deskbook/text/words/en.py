"""English for a support desk: added to VADER's own lexicon, whose other words stay as they are."""

from __future__ import annotations

ABILITIES = """
    get, see, log in, log on, login, sign in, access, play, find, use, download, join, watch, open, go, change, reset,
    connect, recover, update, install, load, pay, make, add, upload, send, receive, reach, view, order, contact,
    claim, verify
"""
UNABLE = ", ".join(
    f"{cannot} {ability}"
    for cannot in ("can't", "cannot", "can not", "couldn't", "not able to")
    for ability in ABILITIES.split(",")
)
"""What customers most often cannot do."""

WORDS: dict[float, str] = {
    -4.0: """
        scammers, scammed, daylight robbery
    """,
    -3.3: """
        unacceptable, scam, fraudulent, thieves, thief, rip off, rip-off, ripoff, ripped off, disgraceful, appalling,
        worst service, worst company, worst customer service, worst experience, fed up, sick and tired, sick of,
        absolute joke, total joke, what a joke, complete joke, shambles, fuming
    """,
    -2.8: """
        useless, atrocious, horrendous, diabolical, never again, lost a customer, losing a customer, taking my business
        elsewhere, waste of time, waste of money, wasted, wasting my time, trading standards, small claims, my lawyer,
        legal action, false advertising, misled, misleading, lied, lying, had enough, thanks for nothing, beyond a joke,
        not acceptable, not good enough, no excuse, furious, livid, let down, letting me down, extortionate, robbed,
        stole, stolen, hung up on me, worst
    """,
    -2.3: """
        broken, overcharged, double charged, charged twice, billed twice, charged me twice, charged again, wrongly
        charged, hacked, ignored, ignoring, keep ignoring, no response, no reply, no answer, no one answers, nobody
        answers, no one is responding, no one responds, no one has replied, not responding, never responded, never
        replied, never arrived, never received, never showed up, no show, still waiting, been waiting, waited hours, on
        hold for, kept on hold, hours on hold, doesn't work, does not work, didn't work, not working, isn't working, not
        work, stopped working, never works, no help, not helpful, unhelpful, not helping, unresponsive, incompetent,
        cheated, joke, ridiculous, pathetic, unusable, unreliable, unprofessional, rude, shocking, dreadful, poor
        service, bad service, terrible service, sort it out, sort this out, get it together, get your act together,
        damaged, defective
    """,
    -1.8: f"""
        outage, down again, crash, crashed, crashes, crashing, keeps crashing, freezes, freezing, frozen, glitch,
        glitchy, glitches, buggy, faulty, fault, malfunction, won't load, not loading, doesn't load, not connecting,
        disconnects, disconnected, keeps dropping, no internet, no signal, no service, no wifi, lost connection, locked
        out, error, errors, bug, bugs, complaint, complain, complaining, delayed, delay, delays, cancelled my, canceled
        my, overdue, unpaid, nightmare, fiasco, third time, yet again, once again, over and over, same issue, same
        problem, keeps happening, still no, still not, still hasn't, still haven't, still can't, still broken, still
        doesn't, missing, lost, mess, messed up, screwed up, fails, failing, failure, hassle, headache, frustrating,
        frustrated, disappointed, disappointing, lagging, laggy, slower, slowest, too slow, so slow, very slow, denied,
        refused, refuses, disappeared, vanished, compromised, hacker, hackers, hacking, unable, kicked me, kicks me,
        someone took, somebody took, someone transferred, somebody transferred, someone withdrew, somebody withdrew,
        took my money, suspicious, messing with, want a refund, full refund, demand a refund, money back, cancelling my,
        canceling my, not received, didn't get, haven't received, haven't got, never got, didn't receive, did not
        receive, won't work, won't play, won't open, won't start, won't connect, won't download, won't update, not
        showing, nothing works, not able to, is down, are down, went down, goes down, price gouging, the hell, what the
        hell, garbage,
        {UNABLE}
    """,
    -1.2: """
        issue, issues, problem, problems, slow, slowly, lag, waiting, stuck, expired, interrupted, suspended,
        deactivated, unresolved, unanswered, unclear, confusing, confused, inconvenience, inconvenient, expensive,
        pricey, late, wrong, incorrect, no update, no updates, how long, how much longer, why is, why are you, why
        can't, how come, what's going on, wtf, seriously, smh, ugh, doesn't, isn't, won't let, can't even, nothing
        happens, come on, cancelling, disconnect, declined, rejected, blocked, banned, locked, hidden fees, fee, fees,
        dropped, dropping, fix this, fix it, please fix, fix that, fix your, gone, disabled, what happened, why not, why
        the, not able, am i paying for, paying for this, broke
    """,
    -0.8: """
        compensation, charged, cancelled, canceled, again, urgent, down
    """,
    # Politeness and desk vocabulary that VADER counts as praise or blame say nothing about the mood.
    0.0: """
        please, help, support, care, like, share, number, want, sure, security, secure, interest, value, agree, dear,
        friend, alert, best regards, kind regards, warm regards, regards, all the best, pay, demand, top up, free trial,
        thanks in advance, thank you in advance, could you help, please help, help me, help us, need help, need some
        help, get help, help please, would like, i'd like, looks like, look like, like to, feel like, just like, sounds
        like, seems like, hope this, block, blocks, reset, as well, well as, make sure, not sure, no problem, no
        worries, no longer, hand, allow, allows, free, cancel, refund, refunds, charge, charges, yes, ok, okay, well,
        alright, would be great, be great if, would be nice, be nice if, helping, create, created, creates, pretty,
        supporting, supported, supports, best way, works best, save, welcome, accept, accepted, won, win, wanted, wants,
        needed, shared, shares, sharing, joined, join, resolve, solve, solution, hopefully, hoping, credit, credited,
        play, player, playing, plays
    """,
    0.8: """
        thanks, thank, thank you, thx, cheers, fine, hope, refunded, renewed, ta, appreciated, good to know
    """,
    1.6: """
        resolved, sorted, fixed, solved, works now, working now, working again, works again, back up, up and running,
        quick, quickly, swift, swiftly, fast, prompt, promptly, responsive, smooth, smoothly, seamless, easy, got it, no
        issues, no problems, no complaints, polite, courteous, patient, upgraded, can't complain, much better, improved,
        worked, did the trick
    """,
    2.2: """
        thanks so much, thank you so much, thank you very much, many thanks, thanks a lot, helpful, knowledgeable,
        friendly, professional, reliable, pleased, satisfied, efficient, quick response, quick reply, fast response,
        fast delivery, great support, good service, well done, good job, great job, nice one, kudos, hats off, shout
        out, shoutout, can't fault, recommended, no fuss, pleasantly surprised
    """,
    3.0: """
        lifesaver, life saver, outstanding, superb, brilliant, exceptional service, excellent service, great service,
        amazing service, best service, great customer service, best customer service, awesome service, above and beyond,
        top notch, first class, five stars, 5 stars, highly recommend, can't thank you enough, you guys rock, absolute
        star, impressed, made my day
    """,
}
NEGATIONS = "cannot, unable to, no longer"
BOOSTERS = "super, mega, freaking, insanely"
DAMPENERS = ""
CONTRASTS = "but"
ENDINGS: tuple[str, ...] = ("",)
