"""English turns that fit any contact reason: greetings, moods, follow-ups, agent and bot lines."""

from __future__ import annotations

from deskbook.samples.words.form import read_words

VOICE = read_words(
    """
[voice]
hello: Hello,
hello: Hi,
hello: Hi there,
hello: Good morning,
hello: Good afternoon,
hello: Dear Northlight team,
hello: Dear support,
hello: Hello Northlight,
hello: Hey team,
hello: To whom it may concern,
hi: Hi!
hi: hello,
hi: Hey,
hi: hi there 👋
hi: Hello, is anyone there?
hi: good morning,
hi: Hey, quick one:
opener: I hope you can help me with this.
opener: I have been a customer since last year and this is my first ticket.
opener: I could not find an answer in the help centre.
opener: Sorry to bother you again.
opener: I already wrote about this from another address ({email}).
opener: I am writing on behalf of {company}.
opener: Short question.
opener: My colleague told me to contact you directly.
opener: I tried the chat earlier but the connection dropped.
opener: Following up on my call from {date}.
opener: We run a small office in {city} and rely on this.
opener: Not sure whether this is the right department.
extra: I am on the {plan} plan.
extra: I use the app on a {device}.
extra: The app says version {version}.
extra: My account is under {email}.
extra: You can reach me at {phone} until {hour}.
extra: This is for our office in {city}.
past: I noticed it on {date}, around {time}.
extra: The customer name on file should be {fullname}.
extra: I attached a screenshot.
extra: Photos are attached, let me know if you need more.
extra: My husband set it up originally, so some details may be under his name.
extra: I have already restarted everything twice.
extra: I checked my spam folder as well.
extra: It happened to a friend in {city} too, so it is probably not just me.
past: It was working fine until {date}.
extra: For reference, my other order is {order}.
extra: I am travelling from next week, so email is best.
extra: English is not my first language, sorry for mistakes.
angry: This is unacceptable.
angry: I am really angry about this.
angry: I am extremely frustrated and losing patience.
angry: Honestly, this is the worst service I have had in years.
angry: I am very disappointed in Northlight.
angry: This is a terrible experience.
angry: If this is not fixed today I want to cancel everything.
angry: Nobody seems to care, and I am furious.
angry: This has cost me hours already, it is ridiculous.
angry: I feel cheated.
angry: I will never order from you again if this goes on.
angry: It is a disgrace that I have to chase you for this.
angry: I am fed up with these problems.
angry: You should be ashamed of this awful mess.
polite: I really like your products, by the way.
polite: You have always been very helpful, thank you!
polite: Great service so far, so I am sure you can sort this out.
polite: Love the new design, well done.
polite: Everything else works perfectly.
polite: Your support last time was excellent.
polite: Thanks so much, you are wonderful.
polite: No rush at all, I am very happy otherwise.
mixed: Great job, really. Third time this year.
mixed: The product itself is lovely, but this part is a mess.
mixed: I love the lamp, I hate the paperwork.
mixed: Well, thank you for the lovely surprise on a Monday morning.
mixed: Delivery was super fast, everything after that was slow.
mixed: Wonderful, now I can sit in the dark and admire your newsletter.
mixed: The agent was kind, the result was still useless.
mixed: Five stars for the packaging, one for the rest.
mixed: Not a disaster, but not what I expected from you either.
bye: Thanks,
bye: Thank you,
bye: Best regards,
bye: Kind regards,
bye: Regards,
bye: Many thanks in advance,
bye: Cheers,
bye: Best,
bye: Thanks and have a nice day,
bye: Looking forward to your reply,
sign: {name}
sign: {fullname}
sign: {fullname}\\n{phone}
sign: {fullname}\\n{company}
sign: {fullname}\\n{company}, {city}
sign: {fullname}\\n{company} | {phone}
sign: {name}\\n\\nSent from my {device}
sign: {name}\\n\\nGet Outlook for iOS
sign: {fullname}\\n--\\nThis message is confidential and intended for the addressee only.
form: Order: {order}\\nProduct: {product}
form: Product: {product}\\nApp version: {version}
form: Account e-mail: {email}\\nPhone: {phone}
form: Submitted from: help centre\\nPlan: {plan}\\nOrder number: {order}
form: Browser: {browser}\\nProduct: {product}
call: [Call transcript, line 2, {now}]\\nCustomer:
call: [Phone call from {phone}]\\nCaller says:
call: [Voicemail, {now}]
call: [Inbound call, recorded]\\nCustomer:
social: @NorthlightCare
social: Hey @NorthlightCare,
social: @NorthlightCare @Northlight
social: Dear @NorthlightCare:
social: .@NorthlightCare
tail: #northlight
tail: #smarthome
tail: 😡
tail: 🙄
tail: 🤷
tail: Anyone else?
tail: DM sent.
tail: Please DM me.
info: The order number is {order}, bought on {date}.
info: Sure: {order}, delivered to {city}.
info: It is the {product}, running version {version}.
info: I get error {code} every time, on a {device}.
info: The card ends in {card}, the amount was {amount}.
info: Here you go, invoice {invoice}.
info: I tried that just now and it still shows {code}.
info: Done, restarted it at {time}. Same behaviour.
info: Please see the attached photo, it is the {product}.
info: The tracking number is {tracking}.
info: The address in {city} is correct, yes.
info: Yes, that is the right account ({email}).
info: It was on {date}, a little before {time}.
info: I do not have that number at hand, but my name is {fullname}.
chase: Any news on this?
chase: Just checking in, I have not heard back yet.
chase: Could somebody please look at ticket {ticket}?
chase: It has been {days} days now. Any update?
chase: Hello? Is this being worked on?
chase: Gentle reminder about order {order}.
chase: Still waiting for an answer here.
furious: Still nothing! This is unacceptable, I have been waiting for {days} days.
furious: That does not help at all. I am really annoyed now.
furious: You are asking me the same question again. Ridiculous.
furious: I want to speak to a manager. This is awful.
furious: No. I already told you that twice. Please read what I wrote.
furious: I am done waiting. Terrible support, honestly.
furious: This is a joke. The problem is worse than before.
thanks: Thank you, that solved it!
thanks: Perfect, works now. Thanks for the quick help.
thanks: Great, thank you {agent}.
thanks: All good now, much appreciated.
thanks: Thanks, you can close this.
thanks: Brilliant, that did the trick 🙏
thanks: Ok, got it. Thanks.
thanks: Confirmed, I can see {amount} on my statement. Thank you!
still: Sorry, I have to reopen this: the problem is back since {time}.
still: It was fine for a day and now it is the same again.
still: This was marked as solved but nothing has changed.
still: Unfortunately the same thing happened again with order {order}.
still: Reopening, because I still have not received {amount}.
still: You closed my ticket but my {product} still does not work. Disappointing.
still: I do not think this is solved. Please look again.
note: Checked the account, order {order} looks normal. Waiting for the warehouse.
note: Called the carrier, tracking {tracking} was last scanned in {city}.
note: Payment log shows one capture of {amount}, card ending {card}.
note: Customer is on {plan}, please handle with care.
note: Reproduced on {device} with {version}, error {code}. Passed on to engineering.
note: Third contact about the same thing. Offered a voucher.
note: Not ours, moving to the right queue.
note: @{agent} can you take this one? You spoke to {name} last time.
note: Logs show {code} at {time}. Nothing on the status page.
note: Replacement for {product} approved by the team lead.
note: Identity checked by phone, caller knows the invoice number {invoice}.
ack: Thanks for contacting Northlight. Your request {ticket} has been received; a person will reply as soon as possible.
ack: Hi, I am Lumi, the virtual assistant. I have opened ticket {ticket} and am connecting you with a colleague.
ack: We got your message. Our hours are Monday to Friday 8:00-20:00 and Saturday 10:00-16:00 UTC. Reference: {ticket}.
ack: Thank you {name}, I could not find an article about this, so I am handing you over to the {team} team.
agent_hello: Hi {name},
agent_hello: Hello {name},
agent_hello: Dear {fullname},
agent_hello: Good day {name},
agent_hi: Hi {name}, {agent} here.
agent_hi: Hello {name}, thanks for waiting.
agent_hi: Hi! You are speaking with {agent}.
agent_open: Thank you for getting in touch.
agent_open: Thanks for your message and for the details.
agent_open: Thank you for reaching out about your {product}.
agent_open: Thanks for writing to us.
agent_sorry: I am sorry for the trouble this has caused.
agent_sorry: I understand how annoying this is, and I apologise.
agent_sorry: I am very sorry, this is not the experience we want you to have.
agent_sorry: Please accept our apologies for the wait.
agent_ask: Could you send me the order number and the date of purchase?
agent_ask: Could you tell me which version of the app you are using, and on which phone?
agent_ask: Please reply with a photo or a screenshot, so that I can see what you see.
agent_ask: To find your account I need the e-mail address and the last four digits of the card.
agent_ask: Before I change anything: is {email} still the right address?
agent_ask: When did you first notice this, and does it happen every time?
agent_more: Thank you. I have passed this on to a colleague and will come back to you within {days} days.
agent_more: I can see {order} in your account now. Let me check this and get back to you.
agent_more: I am clearing this up with the colleagues in charge; I will let you know as soon as there is news.
agent_more: Thanks for checking. I will take another look and write to you again today.
agent_more: I have noted this on ticket {ticket} and raised its priority.
agent_done: This is done now. Please let us know if anything else comes up.
agent_done: I have confirmed that everything is in order on our side.
agent_done: The change is active now. I will close the ticket, you can always reply to reopen it.
agent_done: A colleague has finished this for you; you should see it within {days} days.
agent_done: Great, I am glad it works. I will mark this as solved.
agent_next: Is there anything else I can do for you?
agent_next: Just reply to this message if you have questions.
agent_next: You will get a confirmation by e-mail to {email}.
agent_next: We will keep ticket {ticket} open until you confirm.
agent_next: It can take up to {days} days until you see it.
agent_bye: Kind regards,\\n{agent}\\nNorthlight {team}
agent_bye: Best regards,\\n{agent}\\n{team} team, Northlight
agent_bye: Best wishes,\\n{agent}\\nNorthlight Support
agent_bye: All the best,\\n{agent}
wrote: On {stamp}, {fullname} wrote:
wrote: On {stamp}, {email} wrote:
wrote_us: On {answered}, Northlight Support wrote:
wrote_us: On {answered}, {agent} (Northlight {team}) wrote:
mark: Re:
mark: FW:
mark: URGENT:
mark: [EXT]
mark: Fwd: Re:
mark: Question, please read:
wrap: (forwarded from {email})
wrap: Ref. {order}, "urgent"
touch: Conversation with {name}
touch: Chat with {fullname}
ring: Call from {phone}
ring: Missed call, {phone}
direct: Direct message from {name}
good: Quick and friendly, thank you!
good: {agent} was excellent.
good: Great help, solved in one go.
good: Very happy with the support.
good: Perfect.
good: Friendly, but it took a little long.
bad: Nobody solved my problem. Very disappointing.
bad: Took far too long.
bad: I had to explain everything three times.
bad: Terrible. Still waiting for {amount}.
bad: Useless answers, rude tone.
bad: The agent was nice, but the problem is not fixed.
"""
)["voice"]
