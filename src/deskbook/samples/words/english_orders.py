"""English wordings of the reasons about money and goods."""

from __future__ import annotations

from deskbook.samples.words.form import read_words

ORDERS = read_words(
    """
[refund]
subject: Refund for order {order}
subject: Where is my refund?
subject: Return of {product}, money back
subject: Refund request, {amount}
subject: Sent it back, no "money" yet
says: I returned my {product} on {date} and I am still waiting for the refund.
says: I would like my money back for order {order}.
says: My refund of {amount} has not arrived on my account.
says: I sent the {product} back within the 30 days, but nobody has refunded me.
says: The return for {order} was scanned at your warehouse on {date}, yet there is no refund.
says: I changed my mind about the {product} and want to return it for a refund.
says: You promised me {amount} back for {order}, and I only got part of it.
says: I cancelled {order} before it was shipped, but {amount} was taken anyway.
says: How long does a refund take? I sent everything back on {date}.
detail: The amount should be {amount}, paid with the card ending in {card}.
detail: The return label was {tracking}.
detail: The parcel was unopened.
detail: I paid by PayPal with {email}.
detail: According to your site it takes {days} days, and that is long over.
detail: I have the drop-off receipt from {date}.
ask: When will I get the money?
ask: Please refund it to the original card.
ask: Could you check the status of the refund?
ask: Please confirm the date of the payment.
answer: I have issued the refund of {amount}; it reaches your account within {days} days.
answer: Your return {tracking} arrived with us and the refund for {order} is on its way.
answer: The refund went back to the card ending in {card}. Banks need up to {days} days to show it.
answer: I can see that only a part was refunded. I have sent the missing {amount} now.
[double_charge]
subject: Charged twice for {order}
subject: Double payment on my card
subject: Two charges of {amount}
subject: Paid twice, please check
says: I was charged twice for order {order}.
says: There are two payments of {amount} on my card statement from {date}.
says: My subscription was billed two times this month.
says: I see {amount} twice on the card ending in {card}, but I only ordered once.
says: The payment page froze, I tried again, and now I have paid double.
says: You took {amount} on {date} and again the next day.
says: My bank shows a duplicate booking from Northlight over {amount}.
says: I bought one {product} and paid for two, it seems.
detail: The card ends in {card}.
detail: Only one confirmation arrived, for {order}.
detail: Both bookings are from {date}.
detail: One of them has the reference {invoice}.
detail: My bank says it is not a reservation but a real booking.
ask: Please return the second payment.
ask: Can you cancel one of the two?
ask: Please check and tell me which one is valid.
ask: Could you send me a written confirmation for my bank?
answer: You are right, there was a duplicate capture of {amount}. I have returned the second one.
answer: The second line is only a reservation; it disappears by itself within {days} days.
answer: I found both payments and refunded one of them to the card ending in {card}.
answer: I have cancelled the duplicate order, so {order} stays and the other is paid back.
[invoice]
subject: Invoice for {order}
subject: Copy of invoice {invoice}
subject: Wrong address on invoice
subject: Need invoice with VAT number
says: I need a copy of the invoice for order {order}.
says: Our accounting department is missing invoice {invoice}.
says: The invoice for {date} shows the wrong company name.
says: I cannot download invoice {invoice} from my account, the PDF is empty.
says: Could you add our VAT number to {invoice}?
says: I bought a {product} and never received an invoice.
says: The invoice address should be {company} in {city}.
says: Please send all invoices since {date} in one go.
says: The total on {invoice} does not match the {amount} that I paid.
detail: We need it for the quarterly report.
detail: The order was placed on {date}, the amount was {amount}.
detail: The invoice should go to {email}.
detail: The right name is {company}.
detail: Purchase order number: {order}.
ask: Could you send it as a PDF?
ask: Please correct it and send it again.
ask: Can you resend it to {email}?
ask: Is there a place where I can download it myself?
answer: I have attached invoice {invoice} as a PDF and corrected the address.
answer: You find all invoices under Account, Billing, Documents. I have also sent {invoice} to {email}.
answer: The VAT number is on the account now; a corrected invoice for {order} is attached.
answer: I have reissued {invoice} over {amount} in the name of {company}.
[late_delivery]
subject: Where is my order {order}?
subject: Delivery late
subject: Tracking {tracking} not moving
subject: Parcel not arrived, {city}
subject: Order placed {date}, nothing yet
says: My order {order} should have arrived on {date}, but it has not.
says: The tracking number {tracking} has not moved for {days} days.
says: I am still waiting for my {product}.
says: The parcel was marked as delivered, but nothing is here.
says: I ordered a {product} on {date} and never got a shipping confirmation.
says: Where is my parcel? It was supposed to come to {city} last week.
says: The courier says they could not find the address, although it is correct.
says: Order {order} is stuck in {city} according to the tracking page.
says: I paid for express shipping and have now been waiting for {days} days.
detail: Tracking says {tracking}.
detail: I was at home all day.
detail: It is a birthday present, so the date matters.
detail: The neighbours have nothing either.
detail: The delivery address is in {city}.
detail: The last scan is from {date}, {time}.
ask: When will it arrive?
ask: Please find out where the parcel is.
ask: Can you send a replacement?
ask: Otherwise please cancel the order.
answer: I have opened an investigation with the carrier for {tracking}; we hear back within {days} days.
answer: The parcel was held in {city} and is moving again. It should arrive in {days} days.
answer: I have sent a replacement {product} by express, free of charge.
answer: Your order {order} left the warehouse today; the new tracking number is {tracking}.
[damaged_item]
subject: {product} arrived damaged
subject: Broken on arrival, order {order}
subject: Cracked {product}
subject: Damaged parcel
says: My {product} arrived damaged.
says: The box was crushed and the {product} inside is broken.
says: There is a crack across the {product} that I received on {date}.
says: One of the two pieces in order {order} does not switch on.
says: The glass of my {product} was in pieces when I opened the parcel.
says: The {product} has scratches as if it had been used before.
says: The power supply of the {product} makes a buzzing noise since day one.
says: Half of the screws for the {product} were missing from the box.
detail: I attached two photos.
detail: The outer box had a hole on one side.
detail: The serial number is {tracking}.
detail: The courier in {city} saw it as well.
detail: It arrived on {date}.
ask: I would like a replacement.
ask: Please send me a new one.
ask: How do I return it?
ask: Can I get a partial refund instead?
answer: I have ordered a replacement {product}; you can keep or recycle the damaged one.
answer: Here is a return label, {tracking}. As soon as it is scanned, the new one leaves our warehouse.
answer: Thank you for the photos. I have approved a refund of {amount}.
answer: I have sent the missing parts to your address in {city}.
[cancellation]
subject: Cancel my subscription
subject: Cancellation of {plan}
subject: Please end my contract
subject: How do I cancel?
says: I want to cancel my {plan} subscription.
says: Please cancel my account at the end of the month.
says: I cancelled on {date}, but I was billed {amount} again.
says: I cannot find the button to cancel my plan.
says: We no longer need {product}, so please end the contract of {company}.
says: I would like to switch from {plan} to the free plan.
says: The cancel page only shows error {code}.
says: My trial ends soon and I do not want to continue.
detail: The account is {email}.
detail: I have used it for about a year.
detail: It is too expensive for what I use.
detail: The next payment would be {amount}.
detail: We have moved to another provider.
ask: Please confirm the cancellation in writing.
ask: Is there a notice period?
ask: Please make sure that nothing more is charged.
ask: What happens to my recordings?
answer: Your {plan} subscription ends on the last day of this period; nothing more will be charged.
answer: I have cancelled it and refunded the last payment of {amount}.
answer: You can cancel under Account, Plan, End subscription; I have done it for you this time.
answer: Done. Your data stays available for 30 days, then it is deleted.
[wrong_item]
subject: Wrong item in order {order}
subject: Received a different product
subject: This is not what I ordered
subject: Wrong colour
says: I ordered a {product} and received something else.
says: The parcel for {order} contains an item that is not mine.
says: You sent the white version, I ordered the black one.
says: There was only one {product} in the box instead of two.
says: The plug of my {product} is for another country.
says: The delivery note says {order}, but the content belongs to somebody in {city}.
says: I got the old model of the {product}.
detail: The label on the box says {tracking}.
detail: The order confirmation from {date} is correct.
detail: I have not opened the inner packaging.
detail: The value is {amount}.
ask: Please send the right one.
ask: What should I do with the wrong item?
ask: Can somebody pick it up?
answer: I am sorting this out: the right {product} is on its way, with tracking {tracking}.
answer: You can send the wrong item back with the attached label, free of charge.
answer: We mixed up two parcels. I have corrected order {order} and added a voucher.
"""
)
