"""English wordings of the reasons about accounts, devices, software and plans."""

from __future__ import annotations

from deskbook.samples.words.form import read_words

PRODUCT = read_words(
    """
[login]
subject: Cannot log in
subject: 2FA code not working
subject: Locked out of my account
subject: Login problem, {code}
says: I cannot log in to my account.
says: The two-factor code is always rejected.
says: I have a new phone and lost my authenticator app.
says: After entering my password I only see error {code}.
says: My account {email} is locked since {date}.
says: The login page loops back to the start on {browser}.
says: The app logs me out every few minutes.
says: I get a verification mail for a device in {city} that is not mine.
says: Single sign-on for {company} stopped working on {date}.
detail: My user name is {email}.
detail: I tried {browser} and the app.
detail: The backup codes do not work either.
detail: It fails at the step after the password.
detail: The message is {code}, "session expired".
ask: Please unlock the account.
ask: How can I reset the second factor?
ask: Can you log me out on all devices?
ask: What can I do?
answer: I have reset the second factor; you can set up a new one at the next login.
answer: Your account was locked after five attempts. It is open again.
answer: Please delete the cookies of harbor.northlight.example and try again with {browser}.
answer: I have ended all sessions of {email}; please choose a new password.
[password_reset]
subject: Password reset mail does not arrive
subject: Forgot my password
subject: Reset link expired
subject: New password not accepted
says: I forgot my password and the reset mail does not arrive.
says: The reset link says it has expired, although I clicked it right away.
says: I cannot set a new password, the page shows {code}.
says: I no longer have access to {email} and need to reset my password.
says: The new password works on the web but not in the app.
says: I asked for a reset {days} times and got nothing.
says: Every password I try is "too weak".
says: I need to change the password of the shared account of {company}.
detail: The address is {email}.
detail: I looked in the spam folder.
detail: I tried it on a {device} and on a computer.
detail: The last mail from you is from {date}.
ask: Could you send me a new link?
ask: Please change the address to {email}.
ask: Can you set a temporary password?
ask: How long is the link valid?
answer: I have sent a fresh link to {email}; it is valid for one hour.
answer: The mails were blocked by your provider. I have removed {email} from the block list.
answer: Please use at least twelve characters; then the page accepts it.
answer: I have changed the address after checking your identity. You can reset the password now.
[app_crash]
subject: App crashes on start
subject: Harbor app {version} keeps closing
subject: Error {code} in the app
subject: App freezes
says: The Harbor app crashes as soon as I open it.
says: Since the update to {version} the app closes by itself.
says: The app freezes when I open the {product}.
says: I get error {code} when I try to add a scene.
says: The screen stays white on my {device}.
says: Notifications make the app crash on my {device}.
says: The app uses the whole battery of my {device} in a few hours.
says: The timeline of my {product} does not load any more, only {code}.
says: Widgets show nothing since {version}.
detail: My phone: {device}, with the latest system.
detail: The app version is {version}.
detail: I already reinstalled it.
detail: It worked until {date}.
detail: The crash report has the number {order}.
ask: Is there a fix?
ask: Can I go back to the older version?
ask: When is the next update coming?
ask: What can I try?
answer: This is a known problem in {version}; please install the update from the store.
answer: Please clear the cache under Settings, Storage, and open the app again.
answer: I have sent your crash report to the developers. The fix comes in {days} days.
answer: Please remove the {product} from the app once and add it again; that clears {code}.
[api_error]
subject: API returns {code}
subject: Webhook not delivered
subject: Integration broken since {date}
subject: Rate limit question
says: Our integration gets {code} from your API.
says: The webhook for the {product} has not fired since {date}.
says: POST /v2/devices answers with 500 and the body only says {code}.
says: The API key of {company} is rejected, although it is valid until next year.
says: The export job stops after {days} pages with {code}.
says: The OAuth token expires after {days} minutes instead of an hour.
says: We get "too many requests" with only two calls a minute.
says: Home Assistant can no longer reach our {product} through your cloud.
says: The field "state" is missing in the response since {version}.
detail: The request id is {tracking}.
detail: The first failure was on {date} at {time}.
detail: The same call works with the old key.
detail: We use the Python client {version}.
detail: Our server is in {city}.
ask: Is this a known issue?
ask: Could an engineer have a look at the logs?
ask: What is the limit for the {plan} plan?
ask: Please advise.
answer: I have found the request {tracking} in our logs; the key had no permission for that device.
answer: The webhook was paused after ten failures. I have turned it on again.
answer: The limit on {plan} is 60 calls a minute for each key; I have raised yours.
answer: The error {code} came from a deployment on {date} and is fixed now.
[device_offline]
subject: {product} offline
subject: {product} does not connect to Wi-Fi
subject: Device unreachable
subject: Blinking red light
says: My {product} is offline and does not come back.
says: The {product} does not connect to the Wi-Fi any more.
says: The light on the {product} blinks red since {date}.
says: My {product} loses the connection every night around {time}.
says: Since we changed the router, the {product} shows {code}.
says: All devices are unreachable from the app, although the internet works.
says: The {product} restarts by itself several times a day.
says: The {product} cannot be found during setup.
says: Voice control does not find the {product} any more.
detail: The router is two metres away.
detail: I did a factory reset, it did not help.
detail: The firmware is {version}.
detail: The other devices in the house work.
detail: The error in the app is {code}.
ask: What else can I try?
ask: Is the device broken?
ask: Can you see it from your side?
ask: Do I need a new one?
answer: Please hold the button of the {product} for ten seconds and add it again; use the 2.4 GHz network.
answer: I can see the {product} again on our side. Firmware {version} fixes the disconnects.
answer: The device is faulty, and I have arranged an exchange under warranty.
answer: Please turn off "band steering" in the router; that is the usual reason for {code}.
[upgrade]
subject: Upgrade from {plan}
subject: Question about prices
subject: Quote for {company}
subject: Difference between plans
says: We would like to upgrade from {plan} to a larger plan.
says: What does the Pro plan cost for twenty users?
says: Is there a discount for schools and charities?
says: What is the difference between {plan} and Enterprise?
says: Could you send {company} a quote for fifty pieces of the {product}?
says: Can I add one more user in the middle of the month?
says: I saw an offer for {amount}. Is it still valid?
says: Do existing customers get the new price as well?
says: We are comparing providers and need a demo for our team in {city}.
detail: We are about forty people.
detail: The budget is around {amount} a month.
detail: Yearly payment would be fine.
detail: We need it before {date}.
detail: Our current contract is under {email}.
ask: Could somebody call me at {phone}?
ask: Please send me an offer.
ask: What would you recommend?
ask: How does the change work?
answer: I have attached a quote over {amount} for {company}, valid for 30 days.
answer: You can upgrade at any time; only the difference for this month is charged.
answer: Schools and charities get 25 per cent off every plan. I have noted it on your account.
answer: Pro fits best for your size. Shall we talk on the phone at {hour}?
[privacy]
subject: Export of my data
subject: Delete my account (GDPR)
subject: Data processing agreement
subject: Privacy question
says: Please send me all personal data that you hold about me.
says: I want my account and all my data to be deleted.
says: {company} needs a signed data processing agreement.
says: Where are the recordings of the {product} stored?
says: The data export in my account stops with {code}.
says: I get marketing mail although I have unsubscribed on {date}.
says: Who has access to the videos of my {product}?
says: Please correct my name in your records, it should be {fullname}.
detail: This is a request under article 15 GDPR.
detail: The account is {email}.
detail: I live in {city}.
detail: I asked for this on {date} already.
ask: Please confirm within the legal period.
ask: Please send it in a common format.
ask: Who is your data protection officer?
ask: Please confirm the deletion.
answer: Your export is ready; the link was sent to {email} and is valid for seven days.
answer: The account will be erased within {days} days, and you will get a confirmation.
answer: The recordings are stored in Frankfurt and only you can open them.
answer: I have attached the signed agreement for {company}.
[feature_request]
subject: Idea for the app
subject: Feature request: {product}
subject: Could you add dark mode?
subject: Suggestion
says: It would be great if the {product} had a sleep timer.
says: Could you add a dark mode to the app?
says: Please let us share scenes with guests.
says: I am missing a weekly report for the {product}.
says: Is support for Matter planned for the {product}?
says: A CSV export of the energy data would help {company} a lot.
says: Could the app show the temperature of all rooms in one chart?
says: I would like to name the buttons of the {product} myself.
says: An Apple Watch app is still missing.
detail: Other brands have this already.
detail: I would use it every day.
detail: At the moment I use a script for that.
detail: Several people in the forum ask for the same.
ask: Is something like this planned?
ask: Where can I vote for it?
ask: Please pass it on to the developers.
ask: Can I join the beta?
answer: Thank you for the idea. I have added your vote to our list for the {product}.
answer: This is planned for the next version, in about {days} weeks.
answer: I have invited {email} to the beta group, where you can try it now.
answer: We have no plans for this yet, but I have passed it on to the product team.
[onboarding]
subject: Help with first setup
subject: How do I add a second home?
subject: Getting started with {product}
subject: Training for our team
says: I just bought the {product} and need help with the setup.
says: How do I add a second home to my account?
says: We are new at Northlight and would like a training for {company}.
says: The setup guide for the {product} stops at step {days}.
says: How can I invite my family to the app?
says: I do not understand how scenes and schedules work together.
says: How do we move our devices from the old account {email} to a new one?
says: Which cable do I need for the {product}?
says: Can I install the {product} myself, or do I need an electrician?
detail: It is a flat with four rooms.
detail: I use a {device}.
detail: The old system was from another brand.
detail: We have twelve devices in {city}.
ask: Is there a video?
ask: Could somebody show me how?
ask: What is the first step?
ask: Can we book an appointment?
answer: Please open Settings, Homes, Add; I have sent you a short video as well.
answer: I have booked a session for {company} on our calendar; the invitation went to {email}.
answer: You can install the {product} yourself; the wiring diagram is on page {days} of the guide.
answer: Scenes say what happens, schedules say when. I have made an example for you.
[praise]
subject: Thank you!
subject: Great support
subject: Compliment for {agent}
subject: Happy customer
says: I just wanted to say thank you, {agent} was fantastic.
says: I love my new {product}, it works perfectly.
says: What a great service, the replacement arrived the next day.
says: The {product} is the best thing I bought this year.
says: Your support is wonderful, friendly and fast.
says: Compliments to the team in {team}, everything was solved in minutes.
says: Setup took five minutes and everything just works. Excellent!
says: We are very happy with the {product} at {company}.
detail: My whole family is delighted.
detail: I will recommend you to my friends in {city}.
detail: Please pass this on to the team.
detail: Five stars from me.
ask: Keep up the good work!
ask: No answer needed, have a nice day.
ask: Where can I leave a review?
answer: Thank you so much for the kind words, I have passed them on to the whole team.
answer: That made our day, {name}. Enjoy your {product}!
answer: We are delighted to hear that. You can leave a review on our website.
"""
)
