/**
 * Words of telephone enquiries that mean the same thing, for businesses in general: a caller asks to "send it back" where
 * the article says "returns". A group's name is only an identifier. Phrases are written with spaces and are matched before
 * single words. A word may be in several groups.
 */
import { stemOf } from './stem.ts';
import { wordsOf } from './words.ts';

const groups: Readonly<Record<string, string>> = {
  hours:
    'hours, hour, open, opens, opening, close, closes, closed, closing, shut, shuts, schedule, timetable, opening hours, business hours, opening times, open up, operating, lock up, how late, how early, until what time, work on, be there, around on',
  weekday: 'weekday, weekdays, monday, tuesday, wednesday, thursday, friday, week days, during the week',
  weekend: 'weekend, weekends, saturday, sunday',
  holiday: 'holiday, holidays, public holiday, bank holiday, christmas, easter, thanksgiving, new year',
  daytime:
    'morning, mornings, noon, lunch, lunchtime, afternoon, evening, evenings, night, tonight, midnight, late, early',
  cost: 'cost, costs, price, prices, priced, pricing, how much, charge, charges, charged, fee, fees, rate, rates, expensive, cheap, affordable, dollars, dollar, bucks, pricey, quote, how expensive, price list, set me back',
  free: 'free, for free, free of charge, no charge, complimentary, for nothing, without charge, costs nothing, no extra cost',
  deliver:
    'delivery, deliveries, deliver, delivers, delivered, delivering, ship, ships, shipped, shipping, shipment, courier, send, sent, bring it to, drop off, dropped off, drop it off, to my house, to my door, to my home, home delivery, arrive, arrives, to my office, to my place, to my address, driver, parcel, package',
  pickup: 'pickup, pick up, pick it up, collect, collection, collecting, takeaway, take away, take out, pick them up',
  distance:
    'area, areas, zone, region, regions, distance, how far, radius, mile, miles, range, nearby, neighborhood, neighbourhood, outskirts, outside, suburb, suburbs, town, city, across town, within, downtown',
  refund:
    'refund, refunds, refunded, return, returns, returned, returning, money back, send back, send it back, bring back, bring it back, take back, take it back, give back, reimburse, reimbursed, reimbursement, exchange, exchanged, replace, replaced, replacement, swap, get my money, return policy, refund policy, compensation',
  complaint:
    'wrong, complain, complaint, complaints, problem, problems, broken, damaged, damage, defective, faulty, mistake, unhappy, dissatisfied, not happy, not satisfied, issue, missing, spoiled, stale, bad, ruined, smashed, incorrect, disappointed, do not like, did not like, messed up, poor quality',
  cancel:
    'cancel, cancels, cancelled, canceled, cancelling, cancellation, cancellations, call off, call it off, change my mind, changed my mind, no longer want, do not want it',
  reschedule: 'reschedule, postpone, change the date, move my, another day, different day',
  address:
    'address, addresses, located, location, situated, directions, street, lane, road, avenue, find you, get there, get here, get to, get to you, get to your, come to you, where are you, where you are, where is your, how to get, based, reach you, whereabouts, next to, near you, map, landmark',
  parking:
    'parking, park, parks, parked, car, cars, garage, car park, parking lot, parking space, drive, driving, vehicle, truck, spaces',
  transit:
    'bus, buses, train, trains, subway, tram, metro, station, public transport, public transportation, bus stop, bus line, transit, underground',
  access:
    'wheelchair, wheelchairs, accessible, accessibility, disabled, disability, ramp, step free, steps, stairs, stroller, elevator, lift, mobility',
  payment:
    'pay, pays, paid, paying, payment, payments, card, cards, credit, debit, cash, credit card, debit card, visa, mastercard, master card, amex, american express, apple pay, google pay, contactless, check, checks, cheque, cheques, wallet, bank transfer, paypal, settle the bill, tap, plastic, coins',
  invoice: 'invoice, invoices, bill, billed, billing, account, statement',
  receipt: 'receipt, receipts, proof of purchase, bill',
  giftcard:
    'gift card, gift cards, gift certificate, gift certificates, gift voucher, gift vouchers, voucher, vouchers, gift, gifts, present, presents, certificate, store credit',
  expiry:
    'valid, validity, expire, expires, expired, expiry, expiration, run out, runs out, good for, last, lasts, how long is, how long are, shelf life',
  loyalty:
    'loyalty, loyalty card, points, point, reward, rewards, stamp, stamps, member, members, membership, regular customer, regular customers, regulars, frequent, loyalty program, scheme, club',
  discount:
    'discount, discounts, discounted, deal, deals, promotion, promotions, coupon, coupons, sale, reduced, reduction, percent off, money off, half price, special offer, special offers, offers, savings, save, cheaper, bargain, bargains, price reduction, lower price',
  student: 'student, students, college, university, pupil, pupils',
  senior: 'senior, seniors, elderly, pensioner, pensioners, retired, older people, senior citizen, senior citizens',
  group:
    'group, groups, bulk, wholesale, large order, large orders, big order, big orders, large quantities, corporate, office, offices, school, schools, companies, event, team',
  allergy:
    'allergy, allergies, allergic, allergen, allergens, nut, nuts, peanut, peanuts, almonds, intolerant, intolerance, lactose, dairy, milk, egg, eggs, sesame, soy, react to, reaction, anaphylaxis, contain, contains, traces',
  gluten: 'gluten, gluten free, wheat, celiac, coeliac, wheat free, without gluten',
  ingredient: 'ingredient, ingredients, made of, made from, made with, what is in, inside, contents, recipe, recipes',
  diet: 'vegan, vegans, vegetarian, vegetarians, plant based, diet, diets, dietary, kosher, halal, sugar free, no animal products, without animal products, dairy free, animal products, meat free',
  booking:
    'book, booked, booking, bookings, reserve, reserved, reservation, reservations, appointment, appointments, sign up, sign me up, signing up, enroll, enrol, enrolling, register, registration, slot, slots, join, attend',
  class:
    'class, classes, course, courses, lesson, lessons, workshop, workshops, learn, learning, teach, teaches, teaching, taught, training, tuition, tutorial, session, sessions, instructor, seminar',
  beginner: 'beginner, beginners, novice, experience, never done, first time, basic, skill, skills, experienced',
  child:
    'child, children, kid, kids, son, daughter, toddler, toddlers, baby, babies, boy, girl, family, families, teenager, teenagers, age, years old, year old, minimum age, young, grandchildren',
  job: 'job, jobs, hire, hiring, vacancy, vacancies, work for you, work there, career, careers, apply, employment, employ, recruiting, recruit, application, internship, open position, job opening, job openings',
  warranty: 'warranty, warranties, guarantee, guaranteed, guarantees, covered, coverage',
  contact:
    'contact, email, website, web site, web page, online, internet, phone number, telephone number, in touch, whatsapp, facebook, instagram',
  custom:
    'custom, customized, customised, customize, personalized, personalised, personalize, bespoke, special, made to order, tailor made, tailored, own design, decorate, decorated, decoration, decorations, design, designed, lettering, inscription, writing, written on, celebration, celebrations, special order',
  birthday: 'birthday, birthdays, anniversary, anniversaries, party, parties, celebration, celebrations',
  wedding: 'wedding, weddings, marriage, married, getting married, bride, ceremony, engagement',
  notice:
    'advance, in advance, notice, ahead, ahead of time, beforehand, lead time, how early, how far ahead, how soon, last minute, preorder, pre order, at short notice, short notice, ready, in time, waiting time, turnaround, how many days, prior',
  order: 'order, orders, ordered, ordering, buy, buys, buying, purchase, purchases, purchased, bought',
  deposit: 'deposit, deposits, down payment, upfront, up front, pay in advance, prepay, prepayment',
  flavour:
    'flavor, flavors, flavour, flavours, taste, tastes, filling, fillings, topping, toppings, chocolate, vanilla',
  size: 'size, sizes, big, bigger, large, larger, small, smaller, serve, serves, feed, feeds, portion, portions, how many people, guests, slices',
  minimum: 'minimum, at least, smallest, least, lowest, minimum order, minimum amount, how small',
  maximum: 'maximum, at most, largest, highest, biggest, limit, limited, limits, capacity, how many people',
  fresh: 'fresh, freshly, baked, oven, bake, bakes, warm, hot',
  leftover: 'leftover, leftovers, left over, unsold, end of the day, end of day, yesterday, before closing',
  repair: 'repair, repairs, repaired, fix, fixed, fixing, mend, service, servicing, maintenance, tune up',
  rent: 'rent, rents, rental, rentals, lease, borrow, hire out',
  pet: 'dog, dogs, pet, pets, cat, cats, animal, animals, puppy',
  restroom: 'restroom, restrooms, bathroom, bathrooms, toilet, toilets, washroom',
  seating: 'seat, seats, seating, sit, sit down, table, tables, eat in, dine, dining, eat there, terrace',
  internet: 'wifi, wi fi, wireless, internet',
  stock: 'stock, in stock, available, availability, sold out',
  insurance: 'insurance, insured, insurer, policy',
  plant: 'plant, plants, flower, flowers, bouquet, bouquets, roses, water, watering, prune, soil, fertilizer',
  doctor: 'doctor, physician, dentist, nurse, specialist, therapist',
  login: 'login, log in, password, sign in, username, user name',
};

/** What is asked about a subject rather than a subject: "how much is it" leaves open how much what is. */
const attributes = new Set([
  'cost',
  'free',
  'minimum',
  'maximum',
  'size',
  'distance',
  'notice',
  'expiry',
  'order',
  'daytime',
]);

/** Whether these groups (of one word) only ask about a subject. */
export const isAttribute = (groupsOfWord: ReadonlySet<string>): boolean =>
  groupsOfWord.size > 0 && [...groupsOfWord].every((group) => attributes.has(group));

interface Phrase {
  /** Stems in order. */
  readonly stems: readonly string[];
  readonly groups: ReadonlySet<string>;
}

const byStem = new Map<string, Set<string>>();
const phrasesByFirst = new Map<string, Phrase[]>();
const spoken = new Set<string>();

for (const [group, members] of Object.entries(groups)) {
  for (const member of members.split(', ')) {
    const words = wordsOf(member);
    const stems = words.map(stemOf);
    const [first = ''] = stems;
    if (words.length === 1) {
      byStem.set(first, (byStem.get(first) ?? new Set()).add(group));
      spoken.add(words[0] ?? '');
    } else {
      const phrases = phrasesByFirst.get(first) ?? [];
      const known = phrases.find((phrase) => phrase.stems.join(' ') === stems.join(' '));
      if (known === undefined) phrases.push({ stems, groups: new Set([group]) });
      else phrases[phrases.indexOf(known)] = { stems, groups: new Set([...known.groups, group]) };
      // Longest first, so that "opening hours" wins over "opening".
      phrases.sort((a, b) => b.stems.length - a.stems.length);
      phrasesByFirst.set(first, phrases);
    }
  }
}

const none: ReadonlySet<string> = new Set();

export const groupsOfStem = (stem: string): ReadonlySet<string> => byStem.get(stem) ?? none;

/** The longest phrase of the thesaurus that starts at `at`. */
export function phraseAt(stems: readonly string[], at: number): Phrase | undefined {
  return phrasesByFirst
    .get(stems[at] ?? '')
    ?.find((phrase) => phrase.stems.every((stem, offset) => stems[at + offset] === stem));
}

/** All single words of the thesaurus, in ordinary spelling. */
export const thesaurusWords: ReadonlySet<string> = spoken;

const membersByGroup = new Map<string, readonly (readonly string[])[]>(
  Object.entries(groups).map(([group, members]) => [group, members.split(', ').map(wordsOf)]),
);

/** Words and phrases of a group: what a full-text search looks for besides the caller's own word. */
export const membersOfGroup = (group: string): readonly (readonly string[])[] => membersByGroup.get(group) ?? [];
