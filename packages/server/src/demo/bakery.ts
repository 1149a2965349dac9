/** A bakery that does not exist: what the demo agent knows. */

export const bakery = {
  organisation: { slug: 'demo', name: 'Willow Lane Bakery' },
  agent: {
    name: 'Front desk',
    voice: 'slt',
    firstMessage: 'Hello, and thank you for calling Willow Lane Bakery. How can I help you?',
  },
  articles: [
    {
      title: 'Opening hours',
      content:
        'From Monday to Friday we open at 7 am and close at 6 pm. ' +
        'On Saturday we open at 8 am and close at 4 pm, and on Sunday we are closed all day. ' +
        'On public holidays the bakery is open from 9 am until 1 pm, except on Christmas Day and New Year, when we are closed. ' +
        'The bread is fresh out of the oven at half past seven every morning.',
    },
    {
      title: 'Address and parking',
      content:
        'You find the bakery at 48 Willow Lane, in the old town, next to the public library. ' +
        'Parking is free for our customers in the yard behind the building, where there is room for twelve cars. ' +
        'By bus, take line 5 or line 12 to the library stop, which is two minutes away on foot. ' +
        'There is a ramp at the entrance for wheelchairs and strollers.',
    },
    {
      title: 'Delivery areas and cost',
      content:
        'We deliver to homes and offices within ten miles of the bakery, from Tuesday to Saturday. ' +
        'Delivery costs 6 dollars, and it is free for orders over 50 dollars. ' +
        'When you order before 3 pm, our driver brings your order the next morning between 8 and 11. ' +
        'The minimum order for a delivery is 20 dollars.',
    },
    {
      title: 'Custom cakes',
      content:
        'We make custom cakes for birthdays, weddings and other celebrations. ' +
        'Please order a birthday cake three days in advance and a wedding cake four weeks in advance. ' +
        'Custom cakes start at 45 dollars for a cake that serves eight people. ' +
        'You choose the flavor, the filling, the decoration and the words written on top. ' +
        'We ask for a deposit of half the price when you order a custom cake.',
    },
    {
      title: 'Complaints, refunds and cancellations',
      content:
        'If something is wrong with your order, tell us within 24 hours, and we will replace it or give you your money back. ' +
        'Please bring the product and the receipt with you. ' +
        'Bread and cakes that are fine cannot be returned. ' +
        'You can cancel an order free of charge until 48 hours before it is due; after that we keep the deposit. ' +
        'A refund to a card takes five working days.',
    },
    {
      title: 'Payment methods',
      content:
        'You can pay with cash, with a debit card or credit card, or with your phone. ' +
        'We take Visa, Mastercard and American Express, but we do not accept checks. ' +
        'Online orders are paid by card when you place them. ' +
        'Companies with an account receive one invoice at the end of the month.',
    },
    {
      title: 'Gift cards',
      content:
        'Gift cards are sold at the counter and on our website, for any amount between 10 and 200 dollars. ' +
        'A gift card is valid for two years, and it can be used several times until the balance is spent. ' +
        'We can email the gift card or print it in a nice envelope. ' +
        'If a gift card is lost, we can replace it when you show us the receipt.',
    },
    {
      title: 'Loyalty card and discounts',
      content:
        'Our loyalty card is free: you collect a stamp for every coffee, and the tenth coffee is on us. ' +
        'Students and seniors get ten percent off on Wednesdays. ' +
        'In the last half hour before closing, the bread that is left over is sold at half price. ' +
        'Schools and offices that order every week get a discount of fifteen percent.',
    },
    {
      title: 'Allergens and special diets',
      content:
        'Everything is baked in one kitchen, so all our products may contain traces of nuts, milk, eggs, soy and wheat. ' +
        'We bake gluten free bread on Thursdays, in a separate oven. ' +
        'Vegan cookies and vegan muffins are available every day, made without milk, butter or eggs. ' +
        'A list of the ingredients of every product is at the counter; please ask for it if you have an allergy.',
    },
    {
      title: 'Baking classes',
      content:
        'Our baking classes take place on the first Saturday of the month, from 2 pm to 5 pm. ' +
        'A class costs 60 dollars for each person, with all ingredients and an apron included. ' +
        'You can book a place in a class on our website; a group has ten people at most. ' +
        'Beginners are welcome, and children from the age of eight can join with a parent.',
    },
  ],
} as const;
