"""English words that a question may hold without asking for more."""

from __future__ import annotations

from typing import Final

from deskbook.rag.words.form import listed

STOP: Final = listed(
    """
    a about after again all also am an and any are as at be because been before being but by can could did do
    does doing don't for from get got had has have having he her here him his how i i'm i've i'd i'll if in into
    is isn't it it's its just let like me more most my no not now of off on once only or other our out over own
    please so some such than that that's the their them then there these they this those through to too under
    until up us very was we we're were what when where which while who why will with would you you're your yours
    s yes hi hello hey thanks thank dear ok okay u ur im ive dont cant can't still one really even know go going
    make today day
    """
)
FILLERS: Final = listed(
    """
    receive receives receiving waited hours'
    pull raise raises raising landed landing distributed distribution breakdown mind telling plot graph draw bigger
    smaller performing performance proportion display visualise visualize fetch quickly quick soon rundown percentages
    counts numbers figures stats statistics wondering wonder curious interested grab hand check
    send sends sending different distinct unique separate contact contacted contacting reached reach out
    through via resolve resolved handle take took taking file filing create creating open opening log do does
    done our ours new typical typically newly incoming work worked manage managed process processed close
    closing answer answering serve served post posted
    'd 's actually amount average bad badly better big bit change changed changes come coming compare compared
    comparison count daily data decline declined declining decrease decreased deep deskbook develop developed
    times word words changing things thing basis behave behaved fare fared describe story walk course
    did differ difference drop dropped during each every explain fall falling fallen fell figure find gave give
    given go gone good great grew group grow growing grown happen happened happening high higher increase
    increased jump jumped large level like long look looking lot low lower made many mean median mood most much
    must need negative number numbers overall people percent percentage period pick plunge positive question
    rate rates ratio reach reason reasons rise risen rising rose score scores see seem seen several shall share
    should show since slow slowly slower fast faster small spike spiked suddenly surge surged tell total towards
    trend unusual unusually usual value values want versus vs went whole within without work worse worsen
    worsened worsening per between against among customers customer client clients clients' user users support
    desk inbox service team's agents' reply replies ticket tickets message messages conversation conversations
    case cases sent received arrive arrived arriving ours who's whom whose what's how's caused cause causes
    drove drive driver drivers behind led explains taken take takes get gets getting start started become became
    turn turned keep kept feel felt feeling so terribly extremely quite rather particularly especially improve
    improved improving improvement break broken split down back evolve evolved progress history timeline chart
    time over move moved tend usually normally currently now right exactly approximately roughly respectively
    ask asked answer answered first last top worst best highest lowest fastest slowest busiest most least fewest
    is quality performance situation state status quo have're there's we've they're isn't wasn't weren't didn't
    doesn't average avg mean whats hows overall altogether total precisely currently compared set side put next
    per did was were been being have's many pretty roughly approx about around experience experienced person
    persons tell show give report reports please kindly could exact entire full complete actual desk's came come
    coming handled handle arrive wrote written write opened open-ed raised logged filed submitted like compare
    handed came come often plot graph chart name portion evolution beginning quickly promptly folks altogether tally
    figure figures totals stand stood fare fared perform performed landed reach reached log logged filed submitted
    raised lodged routed assigned went ended need needed spend spent manage managed deal dealt split breakdown view
    pull picture check know want wanted curious wondering overall across run ran running hit look looks looking
    comparing between versus difference trend trending evolve move moved moving direction rank ranked ranking
    order ordered list top bottom
    """
)
PASSED: Final = listed(
    """
    using used use uses fewer less rated follow mark finish off passed pass touch text word phrase wording term
    combined um uh er erm hmm well look listen yo morning afternoon evening folks guys team btw fyi pls plz thx ta
    cheers
    sorry excuse pardon appreciate appreciated grateful glad love loved wish hoping hope remind quick quickly
    possible possibly maybe perhaps simply basically essentially literally honestly frankly anyway anyhow though
    although however also too either neither nor yet already ever never always often sometimes whatever whichever
    whenever wherever whoever somebody someone something anybody anyone anything nobody everybody everyone everything
    each both all any some few several many much more most less least half double single whole entire
    total full sheer mere pure plain simple exact precise rough approximate overall general combined aggregate
    respective corresponding relevant particular certain specific given stated said named mentioned same
    window span stretch interval timeframe timespan date dates calendar period periods season fortnight
    way ways manner means basis terms regard respect context light view sake case point order comes course matter
    request requests question answerable report reports reporting dashboard slide deck meeting board boss manager
    review recap note summary table row column line bar pie figure figures stat stats metric metrics measure
    measures measured measurement kpi kpis datum data number numeric numerical digits value values level levels
    amount amounts quantity quantities sum sums size sizes extent degree magnitude scale height
    reading readings result results outcome outcomes output finding findings
    recorded record records register registered registers enter entered entering exchanged exchange involve
    involved involves belong belonged belonging concern concerned concerns relate related relates relating
    associate associated tied linked link attach attached tagged labelled labeled marked categorised categorized
    classified classed sorted filed grouped under beneath assigned allocated handed passed sent went
    contain contained containing include included includes including cover covered covers covering fall falls
    show showed shown shows showing saw seen sees see display displayed displays exhibit exhibited post posted
    posts register registers report reported achieve achieved achieves attain attained score scored scores
    end ended ending ends finish finished start started starts starting begin began begun beginning
    bring brings brought bringing produce produced produces generate generated generates attract attracted
    attracts draw drew drawn drawing carry carried carries collect collected gather gathered pick picked
    field fielded fields cope coped shoulder shouldered bear bore face faced faces encounter encountered
    accumulate accumulated rack racked notch notched clock clocked log logs tally total totalled totaled totals
    account accounts accounted amounts amounted make makes made making come comes came coming
    turn turned turning turns reach reached reaches contact contacted contacts approach approached approaches
    get gets got gotten getting give gives gave given giving want wanted wants need needed needs
    write writes wrote written writing pen penned type typed ring rang rung
    speak spoke spoken talk talked ping pinged turned
    open opened opens opening create created creates creating raise raised raises submit submitted submits lodge
    lodged pop popped flow flowed flows pour poured roll rolled stream streamed land landed arrive arrived enter
    active unique distinct individual separate different various diverse assorted
    inbound outbound incoming outgoing customer-written agent-written customer-sent
    compare compares compared comparing contrast contrasted contrasting stack stacked stacks pit pitted weigh
    weighed measured relative opposed alongside beside next versus rather instead apart gap delta
    diff differences shift shifted shifts swing swings variation vary varied varies fluctuate fluctuated
    change changes changed movement movements trajectory path curve graph plot chart line series
    break breaks broken breakdown split splits slice sliced down step steps point points
    rise rises fell drop dips climb climbs climbed grow grows grew shrank

     rank ranks ranked place placed spot position finishes

    hear heard know known knows understand understood think thought guess reckon suppose suspect believe
    figure figured work worked works working
    look looked looks appear appeared appears seem seemed seems sound sounded
    happen happened happens happening occur occurred occurs going goes gone on
    stand stood stands sit sat sits lie lay lies run ran runs hover hovered
    take takes took taken taking spend spent last lasted lasts
    need require required requires let allow
    please could can may might must shall should will would do does did done have has had
    be been being am is are was were
    side sides hand hands end ends part parts portion chunk piece slice
    person persons folk people party parties human humans individuals user users
    public audience clientele base crowd
    desk helpdesk support service services centre center operation operations organisation organization company
    business firm shop
    squad squads crew crews unit units group groups gang department departments
    channel channels medium media route routes avenue avenues path
    issue issues topic topics subject subjects theme themes reason reasons category categories type types kind
    kinds sort sorts class classes
    current currently present presently recent recently latest newest so far date moment
    again back up out over off around about through along across throughout within inside outside
    together altogether jointly collectively individually separately apiece respectively each
    yes no not none nope yeah yep sure fine great cool nice
    median middle midpoint typical average mean usual normal common commonly ordinary
    connection both directions gone directions direction two-way fraction ratio proportion share percentage percent
    pct quota
    minute minutes second seconds hour hours
    written-in customers' clients' agents'
    told tell tells telling asked ask asks asking say says saying
    actually really truly indeed certainly definitely probably apparently evidently reportedly
    especially particularly mainly mostly chiefly largely primarily partly
    good well fine okay alright
    aspect feature detail details info information insight insights evidence
    high-level ballpark estimate estimated
    wrong right correct true false
    there's where's when's that'll it'd they'd we'd you'd he'd she'd who'd
    whats wheres hows whos thats theres lets gimme gonna wanna
    came-in got-in
    """
)
"""Of these many are words of other languages too: they do not tell the language."""
PREPOSITIONS: Final = listed(
    "via through using in for from at of with about on by to among within regarding concerning"
)
