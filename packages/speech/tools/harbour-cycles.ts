/**
 * Development set of the recogniser: an invented bicycle workshop, its knowledge, and what callers ask.
 * The questions share no sentence with the articles. Nothing here is used by any test of answers.
 */

export interface Article {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

export const articles: readonly Article[] = [
  {
    id: 'hours',
    title: 'When the shop is open',
    body: 'Harbour Cycles is open Tuesday to Saturday from 8:30 am to 6 pm. We are closed on Sunday and Monday. On public holidays the shop stays closed as well.',
  },
  {
    id: 'location',
    title: 'How to find us',
    body: 'Our workshop is at 14 Quay Street, next to the fish market. Bus number 7 stops in front of the door. There is free parking behind the building.',
  },
  {
    id: 'service',
    title: 'Service packages and prices',
    body: 'A basic service costs 45 dollars and includes brakes, gears and tyre pressure. A full service costs 120 dollars and adds cleaning the drivetrain and truing both wheels.',
  },
  {
    id: 'puncture',
    title: 'Flat tyres',
    body: 'We repair a puncture for 12 dollars while you wait, usually within twenty minutes. A new inner tube is included.',
  },
  {
    id: 'booking',
    title: 'Booking a repair',
    body: 'You can drop off your bicycle without an appointment before noon. Repairs take two working days. We send a text message when your bicycle is ready.',
  },
  {
    id: 'rental',
    title: 'Renting a bicycle',
    body: 'City bicycles can be rented for 20 dollars a day or 90 dollars a week. Helmet and lock are included. A deposit of 100 dollars and a photo identity card are needed.',
  },
  {
    id: 'ebike',
    title: 'Electric bicycles and batteries',
    body: 'We service electric bicycles of Bosch and Shimano. A battery test costs 30 dollars. Old batteries are taken back and recycled free of charge.',
  },
  {
    id: 'warranty',
    title: 'Guarantee and returns',
    body: 'Every repair has a guarantee of six months. New bicycles have two years warranty on the frame. Unused parts can be returned within 30 days with the receipt.',
  },
  {
    id: 'payment',
    title: 'Ways to pay',
    body: 'We accept cash, debit cards and credit cards. For bicycles over 500 dollars you can pay in monthly instalments. We do not accept cheques.',
  },
  {
    id: 'children',
    title: 'Bicycles for children',
    body: 'We sell bicycles, trailers and child seats for children from two years. When your child grows we buy the old bicycle back for half of its price.',
  },
];

export const instructions =
  'You answer the phone of Harbour Cycles, a bicycle workshop. Be friendly and short. Offer to put the caller through to a mechanic when you do not know the answer.';

export interface Question {
  readonly text: string;
  /** The article that answers it; null for what is no question to the knowledge. */
  readonly article: string | null;
}

export const questions: readonly Question[] = [
  { text: 'what time do you open in the morning', article: 'hours' },
  { text: 'are you there on sundays', article: 'hours' },
  { text: 'when do you close tonight', article: 'hours' },
  { text: 'can i come by on monday afternoon', article: 'hours' },
  { text: 'do you work on holidays', article: 'hours' },
  { text: 'where is your shop', article: 'location' },
  { text: 'what is your address please', article: 'location' },
  { text: 'which bus should i take to get there', article: 'location' },
  { text: 'is there somewhere i can park my car', article: 'location' },
  { text: 'how much is a full service', article: 'service' },
  { text: 'what do you charge for checking my brakes', article: 'service' },
  { text: 'my gears are slipping how much would it cost to adjust them', article: 'service' },
  { text: 'could you clean the chain and straighten a wheel', article: 'service' },
  { text: 'i have a flat tyre can you fix it today', article: 'puncture' },
  { text: 'how long does it take to mend a puncture', article: 'puncture' },
  { text: 'what is the price of a new inner tube', article: 'puncture' },
  { text: 'do i need an appointment for a repair', article: 'booking' },
  { text: 'how soon will my bike be finished', article: 'booking' },
  { text: 'can i just drop off my bicycle', article: 'booking' },
  { text: 'will you call me when it is ready', article: 'booking' },
  { text: 'i would like to hire a bike for the weekend', article: 'rental' },
  { text: 'how much does it cost to rent a bicycle for a week', article: 'rental' },
  { text: 'do i have to leave a deposit', article: 'rental' },
  { text: 'does the rental come with a helmet', article: 'rental' },
  { text: 'can you look at my electric bike', article: 'ebike' },
  { text: 'my battery is dying quickly can you test it', article: 'ebike' },
  { text: 'what happens with old batteries', article: 'ebike' },
  { text: 'do you know about bosch motors', article: 'ebike' },
  { text: 'is there a guarantee on your repairs', article: 'warranty' },
  { text: 'can i return parts that i did not use', article: 'warranty' },
  { text: 'how many years of warranty does the frame have', article: 'warranty' },
  { text: 'i lost the receipt can i still get my money back', article: 'warranty' },
  { text: 'can i pay with a credit card', article: 'payment' },
  { text: 'do you take cheques', article: 'payment' },
  { text: 'is it possible to pay every month', article: 'payment' },
  { text: 'do you have bikes for kids', article: 'children' },
  { text: 'i am looking for a seat for my daughter', article: 'children' },
  { text: 'would you buy back the old bicycle of my son', article: 'children' },
  { text: 'can i speak to a mechanic please', article: null },
  { text: 'thank you very much goodbye', article: null },
];

/** Nothing the workshop could answer: to be asked again, or heard well enough to be refused. */
export const offTopic: readonly string[] = [
  'what is the capital of australia',
  'how do i bake a chocolate cake',
  'tell me the football results from last night',
  'my grandmother planted tomatoes in the garden',
  'who won the election in france',
  'the weather forecast promises heavy snow',
  'could you translate this letter into japanese',
  'which medicine helps against a headache',
];
