/**
 * How callers speak of dealing with a business: when, where, how much, how to pay, to order, to change or to complain.
 * Words of one group mean nearly the same; `thesaurus.ts` says how they are written.
 */
export const dealings: Readonly<Record<string, string>> = {
  hours:
    'your times, what times, opening time, closing time, what hours, until what hour, till what hour, around at, you around, are you in, you in on, you in today, when are you in, get started, can i come on, can i come at, can i come tomorrow, can i come today, still come, shut up shop, call it a day, open for business, first customers, from when, earliest time, latest time, hours, hour, open, opens, opening, close, closes, closed, closing, shut, shuts, schedule, timetable, opening hours, business hours, opening times, working hours, open up, operating, lock up, how late, how early, until what time, till what time, what time until, still there, work on, working on, working today, be there, around on, be around, anybody there, anyone there, somebody there, someone there, anybody in, anyone in, in the shop on, come by, come round, come around, come over, come in at, come in on, drop by, drop in, stop by, swing by, pop in, call in, finish for day, finish work, stop working, knock off, start serving, stop serving, start work, day off, days off, off on, first thing, last call, latest i can, earliest i can, reach you at',
  weekday:
    'weekday, weekdays, monday, tuesday, wednesday, thursday, friday, week days, during the week, working day, working days, midweek',
  weekend: 'weekend, weekends, saturday, sunday, saturdays, sundays',
  holiday:
    'holiday, holidays, public holiday, bank holiday, christmas, easter, thanksgiving, new year, christmas eve, new year eve, boxing day, good friday, independence day, fourth of july, labor day, memorial day, halloween, festive season, summer break, vacation, national holiday, hanukkah',
  daytime:
    'morning, mornings, noon, lunch, lunchtime, afternoon, evening, evenings, night, nights, tonight, midnight, late, later, early, earlier, midday, dawn, after work, before work, at seven, at eight, at nine, at six',
  frequency:
    'daily, every day, each day, weekly, every week, each week, monthly, each month, every month, once a month, once a week, how often',
  cost: 'cost, costs, price, prices, priced, pricing, how much, charge, charges, charged, fee, fees, rate, rates, expensive, cheap, affordable, dollars, dollar, bucks, pricey, quote, how expensive, price list, set me back, what do you ask for, what do you charge, what do i owe, what would i pay, what will i pay, what i pay, have to pay, pay for, price tag, estimate, in total, total, worth, afford, euros, pounds, pricing, tariff, ballpark, add up to, come to in total, spend on, surcharge, what is it for a, extra for',
  free: 'free, for free, free of charge, no charge, complimentary, for nothing, without charge, costs nothing, no extra cost, at no cost, without paying, cost extra, on the house, gratis, included, thrown in, waive, waived',
  deliver:
    'when do i get it, when do i get order, when will i get, when will it be here, when does it come, when will it come, come out, come out here, come out to, come all the way, supply, supplies, bring food out, take orders to, run it over, drop round, deliver to, how do i get it home, at home, stay at home, can not leave house, can not come in, delivery, deliveries, deliver, delivers, delivered, delivering, ship, ships, shipped, shipping, shipment, courier, bring it to, bring to house, bring to home, bring to me, bring to us, bring me, bring us, bring order, bring orders, bring food, bring things, bring stuff, to homes, to houses, to offices, bring over, bring round, drop off, dropped off, to house, to door, to home, to doorstep, to flat, to apartment, to office, to place, to address, to work, home delivery, arrive, arrives, arrived, driver, drivers, parcel, parcels, package, packages, send over, send out, sent out, have it sent, have it brought, brought to, come to house, come out to, come that far, come this far, at door, at doorstep, on doorstep, doorstep, dispatch, dispatched, drop at, van, turn up, show up, where is my order, order is late, on its way, get it to me, get to me, dropping off, carry to, transport to',
  send: 'send, sends, sent, sending, mail, post, postage, posted, mailed',
  track: 'track, tracking, tracking number, follow my order, status of order, order status',
  pickup:
    'pickup, pick up, picked up, picking up, collect, collection, collecting, takeaway, take away, take out, takeout, fetch, come and get, come get, get it myself, to go, curbside, click and collect',
  distance:
    'area, areas, zone, zones, region, regions, distance, how far, that far, too far, radius, mile, miles, kilometers, range, nearby, neighborhood, neighbourhood, outskirts, outside of town, out of town, suburb, suburbs, across town, within, zip code, postcode, other side of town, next town, other town, countryside, village, county, live in, we live, i live',
  town: 'town, city, downtown, city center, centre, center, district, quarter',
  refund:
    'money again, see money, money to come back, money come back, get money, want my money, money returned, get back what i paid, refund, refunds, exchange, replace, replaced, replacement, swap, refunded, return, returns, returned, returning, money back, send back, sent back, bring back, brought back, take back, took back, give back, hand back, hand in, reimburse, reimbursed, reimbursement, get my money, return policy, refund policy, compensation, compensate, pay me back, credit me, money returned, back on account, money is back, money on account, take again, owe me',
  exchange:
    'exchange, exchanged, replace, replaced, replacement, swap, swapped, trade in, another one, new one, different one, a fresh one, switch it, make it right, make up for',
  complaint:
    'let down, ripped off, rip off, cheated, rude, unfriendly, dry, hard as a rock, raw, undercooked, soggy, not fresh, did not get what, not the one i, should not have, wrong, complain, complaint, complaints, problem, problems, broken, damaged, damage, defective, faulty, mistake, mistakes, mixed up, mix up, unhappy, dissatisfied, not happy, not satisfied, not pleased, not content, issue, issues, missing, spoiled, stale, moldy, mouldy, hair in, burnt, burned, bad, ruined, smashed, crushed, squashed, incorrect, disappointed, disappointing, do not like, did not like, messed up, poor quality, terrible, awful, horrible, disgusting, not good, not right, not what i ordered, not what i wanted, not as, does not work, did not work, not working, forgot, forgotten, left out, angry, upset, annoyed, unacceptable, tasted funny, tasted bad, cold when, fell apart, fault, something off, went wrong, made me sick, was late, never came, never arrived, did not come, did not arrive',
  cancel:
    'do not want order, decided against, forget order, plans changed, plans have changed, something came up, do not need order, thought better of, cancel, cancels, cancelled, canceled, cancelling, canceling, cancellation, cancellations, call off, change mind, changed mind, change of mind, no longer want, no longer need, do not want it, do not need it, want any more, need any more, want anymore, need anymore, back out, pull out, withdraw, get out of, undo, drop order, stop order, revoke, can not make it, can not come, not coming, not be coming',
  reschedule:
    'reschedule, postpone, change the date, move my, another day, different day, change appointment, push back, put off, other date, another date, new date, shift, move to another',
  change_order: 'change order, change an order, alter, amend, modify, add to order, adjust, edit, correct order',
  address:
    'address, addresses, located, location, locations, situated, directions, direction, street, lane, road, avenue, find you, get there, get here, get to you, get to your, getting there, come to you, come and see you, where are you, where you are, where is your, how to get there, how to get here, how do i find, how can i find, based, reach you, whereabouts, next to, near you, map, landmark, gps, navigation, your place, your shop, your store, which street, what street, which part of town, can not find you, can not find your, can not find shop, can not find place, get to, where exactly, house number, building, premises, branch, branches, around the corner, across from, walk to you, way to you, way to your, closest, nearest',
  parking:
    'parking, park, parks, parked, car, cars, garage, car park, parking lot, parking space, parking spot, drive, driving, vehicle, vehicles, truck, spaces, by car, with car, leave car, leave my vehicle, put my car, come by car, coming by car, parking meter, bicycle rack, spot for car, automobile, motorbike, motorcycle, charging station',
  transit:
    'bus, buses, train, trains, subway, tram, metro, station, public transport, public transportation, bus stop, bus line, transit, underground, without a car, no car, do not drive, do not have a car, can not drive, on foot, by foot, walk, walking, taxi, cab, ride, stop',
  access:
    'wheelchair, wheelchairs, accessible, accessibility, disabled, disability, disabilities, handicapped, handicap, ramp, ramps, step free, steps, step, stairs, stairway, staircase, climb, stroller, strollers, baby carriage, carriage, pram, buggy, pushchair, elevator, lift, mobility, mobility scooter, walker, crutches, walking stick, hard to walk, trouble walking, can not walk, not walk well, bad leg, bad knee, bad hip, blind, guide dog, deaf, entrance, entry, get inside, get in with, come in with, doorway, barrier free, level access, on wheels',
  payment:
    'take money, take dollars, have no cash, without cash, do not carry cash, forgot my wallet, means of payment, ways to pay, how can i pay, what do you accept, what do you take, pay, pays, paid, paying, payment, payments, card, cards, credit, debit, cash, credit card, debit card, bank card, visa, mastercard, master card, amex, american express, apple pay, google pay, pay with, pay by, pay in, contactless, check, checks, cheque, cheques, wallet, bank transfer, wire, paypal, settle, settle the bill, tap, swipe, plastic, coins, coin, change, notes, bank notes, banknotes, banknote, paper money, bills, cashless, with my phone, with phone, tap phone, smartphone, at the register, at the till, cash register, money order, chip and pin, venmo, zelle, bitcoin, currency, write a check, write you a check, installments, pay online, pay cash, method',
  invoice:
    'invoice, invoices, invoicing, bill, bills, billed, billing, account, statement, on account, send the bill, bill me, bill us, bill company, bill to company, pay later, tax number, purchase order, net thirty, accounting, bookkeeping, accountant, monthly bill, for our books',
  receipt:
    'receipt, receipts, proof of purchase, proof, sales slip, slip, ticket, paper you gave me, bill, proof that i, kept the paper, printout',
  expiry:
    'time to use, use it by, how soon must, until when can, keep it for, expires after, use up, still be used, how much time do i have to use, valid, validity, expire, expires, expired, expiring, expiry, expiration, run out, runs out, good for, last, lasts, lasting, how long is, how long are, how long can, how long will, shelf life, expiry date, expiration date, best before, use by, go bad, goes bad, how long does it keep, still use, too old, time limit, till when, still good, still work',
  duration:
    'how long, how many hours, how many days, how many weeks, minutes, take long, take time, how much time, long does it take, when will it be done, until when',
  loyalty:
    'for being loyal, keep coming, keep coming back, always come, shop with you a lot, buy a lot, buy here a lot, often with you, how often do i have to, loyalty, loyalty card, points, point, reward, rewards, stamp, stamps, member, members, membership, regular customer, regular customers, regular, regulars, frequent, loyal, loyal customer, loyalty program, scheme, club, punch card, bonus, bonus card, come in every day, come every day, come every week, come often, come here a lot, come here often, come in a lot, come in often, there every day, buy every day, every morning i, all the time, good customer, old customer, collect points, faithful, customer card, for coming back, return customer, repeat customer, perks, earn',
  discount:
    'price for companies, price for schools, price for groups, price for firms, price for offices, prices for companies, better rate, better deal, lower rate, anything off, something off, price down, good deal, save a bit, save something, pay full price, full price, discount, discounts, discounted, deal, deals, promotion, promotions, promo, coupon, coupons, sale, sales, reduced, reduction, reductions, percent off, money off, half price, special offer, special offers, special, offers, savings, save, saving, cheaper, bargain, bargains, price reduction, lower price, better price, pay less, less expensive, get less, concession, concessions, rebate, markdown, cut price, discount code, promo code, two for one, reduced price, costs less, cost less, price break, any off, special price, happy hour, black friday, save money, lower prices, less for',
  student:
    'student, students, college, university, pupil, pupils, campus, studying, undergraduate, at university, in college, study, student card, student id',
  senior:
    'senior, seniors, elderly, pensioner, pensioners, retired, retiree, retirees, retirement, pension, older people, old people, senior citizen, senior citizens, over sixty, over sixty five, sixty five, old age',
  group:
    'group, groups, bulk, wholesale, large order, large orders, big order, big orders, large quantity, large quantities, big quantities, corporate, office, offices, school, schools, companies, company, business customer, kindergarten, nursery, canteen, event, events, team, teams, staff, employees, hospital, restaurant, restaurants, cafe, coworkers, colleagues, firm, organization, class trip, church, club, lots of people, many people, for twenty, for fifty, for a hundred, whole office, reseller, resell',
  booking:
    'book, booked, booking, bookings, reserve, reserved, reservation, reservations, appointment, appointments, sign up, signed up, sign me up, signing up, enroll, enrol, enrolling, register, registered, registration, slot, slots, spot, join, attend, take part, taking part, participate, get a place, get a seat, places left, spots left, seats left, waiting list, put me down, put my name down, get on list, get on the list, come to the class, make an appointment, arrange, schedule a',
  notice:
    'how long in advance, need from me, how much time do you need, how many days do you need, when should i order, when must i order, when do i order, order by, days notice, for this weekend, for next week, at the latest, advance, in advance, notice, ahead, ahead of time, beforehand, lead time, how early, how far ahead, how far in advance, how soon, last minute, preorder, pre order, at short notice, short notice, ready, ready by, in time, waiting time, turnaround, how many days, prior, on short notice, same day, next day, for tomorrow, by tomorrow, days before, weeks before, days ahead, how quickly, how fast, rush, urgent, urgently, deadline, need it by, need to know, when do i have to, when do i need to, let you know, tell you, in good time, early enough, too late, how long before, spontaneous, on the spot, how long do you need, how long to make, how long does it take to make',
  order:
    'order, orders, ordered, ordering, buy, buys, buying, purchase, purchases, purchased, bought, place an order, get hold of, get one, get some, pick one up',
  deposit:
    'money before, something in advance, pay anything before, pay anything first, money in advance, pay everything at once, half now, deposit, deposits, down payment, upfront, up front, pay in advance, prepay, prepayment, pay first, put down, money down, pay something first, pay before, pay now, partial payment, pay half, advance payment, before you start',
  minimum:
    'minimum, at least, smallest, least, lowest, minimum order, minimum amount, how small, have to spend, must spend, need to spend, have to order, have to buy, threshold, as little as, just one, only one, small order, too little, low as',
  maximum:
    'maximum, at most, largest, highest, biggest, limit, limited, limits, capacity, how many people, how high, how big, top amount, upper limit, how large, how many of us',
  amount:
    'put on it, how much can, choose the amount, which amounts, any sum, amount, amounts, value, values, how high, worth, sum, load, put on, loaded, denomination, denominations, for fifty dollars, for twenty dollars, for a hundred dollars',
  balance:
    'balance, left on it, left on my, left on card, remaining, money left, how much is left, use it twice, several times, use more than once, in one go, all at once, use it up',
  lost: 'lost, lose, losing, stolen, misplaced, misplace, can not find, could not find, do not find, gone missing, disappeared, threw away, thrown away, lost property, left behind, where did i leave',
  stock: 'stock, in stock, available, availability, sold out, any left, have any, run out of, still have, left today',
  contact:
    'contact, email, website, web site, web page, online, internet, phone number, telephone number, in touch, whatsapp, facebook, instagram, inbox, by mail, via email, by email, electronically, homepage, web, app, form, link, download, digital, digitally, on the computer, social media, text message, fax',
  number: 'number, numbers, phone, telephone, line',
  language:
    'language, languages, spanish, french, german, english, chinese, speak english, speak spanish, translator, interpreter',
  quantity: 'quantity, quantities, dozen, dozens, pieces, piece, how many, a pair, couple of',
  policy: 'policy, policies, rules, rule, terms, conditions, allowed, permitted, forbidden, regulations',
  wait: 'queue, waiting, wait, line up, stand in line, busy, crowded, rush hour, quiet time',
  warranty: 'warranty, warranties, guarantee, guaranteed, guarantees, covered, coverage',
  contract: 'contract, contracts, subscription, subscribe, subscriptions, plan, plans, agreement, renew, renewal',
  privacy: 'privacy, personal data, data protection, gdpr, delete my data',
  tip: 'tip, tips, gratuity, service charge',
  tax: 'tax, taxes, vat, sales tax, tax free',
  foreign: 'abroad, foreign, overseas, international, internationally, other countries, customs, worldwide',
  cash: 'cash, coin, coins, notes, banknotes, bank notes, paper money, bills, change, pay cash, in cash, cashless',
  bank_card:
    'card, cards, credit card, debit card, bank card, plastic, swipe, chip and pin, credit, debit, visa, mastercard, master card, amex, american express',
  card_brand: 'visa, mastercard, master card, amex, american express, discover, diners, maestro',
  phone_payment:
    'with phone, tap phone, smartphone, apple pay, google pay, contactless, tap, mobile wallet, with watch',
  cheque: 'check, checks, cheque, cheques, checkbook, write a check, write you a check',
  online:
    'online, website, web site, internet, web, homepage, app, on the computer, where do i sign up, where can i sign up, where do i book, how do i sign up, where do i register',
  email:
    'email, inbox, by email, via email, electronically, digital, digitally, by mail, printed, print, envelope, paper',
  directions:
    'directions, get to, how to get there, how do i find, reach you, getting there, get there, way to you, line, stop',
  delivery_time:
    'when do i get it, when do i get order, when will i get, when will it be here, when does it come, when will it come, driver, when will, what time will, arrive, arrives, next morning, next day, brings, on its way, how soon will, how fast, how quickly, same day, between',
  deadline: 'before, by when, until when, at the latest, deadline, within, how long do i have, too late, until',
  space: 'there is room, is room, enough room, much room, space, spacious',
};
