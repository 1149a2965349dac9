/**
 * What callers ask businesses for: goods, services, people and places of shops, restaurants, workshops, practices, hotels.
 * Words of one group mean nearly the same; `thesaurus.ts` says how they are written.
 */
export const subjects: Readonly<Record<string, string>> = {
  giftcard:
    'gift card, gift cards, gift certificate, gift certificates, gift voucher, gift vouchers, voucher, vouchers, gift, gifts, present, presents, certificate, certificates, store credit, something to give, give to friend, give someone, gift token, token',
  allergy:
    'trigger, anything dangerous, hives, epi pen, upset stomach, stomach, tolerate, can not digest, bad for me, get sick, get ill, allergy, allergies, allergic, allergen, allergens, nut, nuts, peanut, peanuts, almonds, almond, hazelnut, hazelnuts, walnut, walnuts, cashew, intolerant, intolerance, intolerances, lactose, dairy, milk, egg, eggs, sesame, soy, react to, reaction, anaphylaxis, contain, contains, traces, can not have, can not eat, can not tolerate, not allowed to eat, sensitive to, rash, makes me sick, make me sick, makes me ill, nut free, safe to eat, safe for, epipen, swell up, cross contamination, lactose free',
  gluten:
    'gluten, gluten free, wheat, celiac, coeliac, celiac disease, wheat free, without gluten, no gluten, flour, without flour, rye, barley, spelt',
  ingredient:
    'ingredient, ingredients, made of, made from, made with, what is in, what do you put in, put into, goes into, go into, inside, contents, recipe, recipes, composition, additives, preservatives, list of ingredients, in your products, in products, contain any, contain, what kind of flour',
  diet: 'vegan, vegans, vegetarian, vegetarians, veggie, plant based, diet, diets, dietary, kosher, halal, sugar free, no animal products, animal products, without animal products, anything from animals, from animals, dairy free, meat free, without meat, without milk, without eggs, without butter, no meat, no dairy, no milk, no eggs, egg free, do not eat meat, do not eat eggs, do not eat dairy, eat no, diabetic, diabetes, low carb, keto, pescatarian, organic, healthy',
  class:
    'show people, show me, try it myself, do it myself, become better at, get better at, teach me, teach us, with your baker, hands on, do together, make my own, evening class, class, classes, course, courses, lesson, lessons, workshop, workshops, learn, learns, learning, teach, teaches, teaching, teacher, taught, training course, tuition, tutorial, session, sessions, instructor, seminar, show me how, show us how, how to make, how to do, hobby, master class, demonstration, practice with, learn from you',
  beginner:
    'hopeless, clumsy, amateur, amateurs, bad at, no talent, no clue, no idea how, not very good, newbie, from scratch, beginner, beginners, novice, experience, never done, never tried, never made, never baked, have no idea how, first time, first timer, new to this, basic, basics, skill, skills, experienced, skilled, know nothing, starter, complete beginner, any good at, do not know how, not good at, need to know anything',
  child:
    'child, children, kid, kids, son, daughter, toddler, toddlers, baby, babies, boy, girl, family, families, teenager, teenagers, teens, age, ages, aged, years old, year old, how old do you have to be, how old must, how old should, how old does, old enough, too young, minimum age, young, younger, youngest, grandchildren, grandchild, grandson, granddaughter, nephew, niece, little one, little ones, for adults, minor, minors, under eighteen',
  parent: 'parent, parents, mother, father, mom, dad, accompanied, adult, guardian, supervision',
  job: 'job, jobs, hire, hiring, vacancy, vacancies, work for you, work there, work with you, career, careers, apply, employment, employ, recruiting, recruit, application, internship, open position, job opening, job openings, looking for staff, need staff, need help in, apprenticeship, apprentice, trainee, part time, full time, resume, cv, salary, wages, earn with you, shift, shifts, looking for work, interview, summer job',
  custom:
    'look like, looks like, look of, appearance, shape, shaped, something nice for, something special, according to my, as i like, choose what, how i want, my wishes, any wish, custom, customized, customised, customize, personalized, personalised, personalize, bespoke, special, made to order, tailor made, tailored, own design, own idea, design own, decorate, decorated, decoration, decorations, design, designed, lettering, inscription, written on, write on, put name on, name on, put words on, message on, text on, picture on, photo on, picture of, photo of, with photo, with picture, celebration, celebrations, special order, special occasion, occasion, just for me, the way i want, to my taste, one of a kind, in the shape of, figure on, theme, put on top, with name, icing, frosting, layers, tiers, custom made, made specially, special request, special requests, engrave, engraved, engraving',
  birthday:
    'eighteenth, twenty first, thirtieth, fortieth, fiftieth, sixtieth, seventieth, eightieth, turns thirty, turns fifty, coming of age, big birthday, golden wedding, birthday, birthdays, anniversary, anniversaries, party, parties, celebration, celebrations, turns, turning, baptism, christening, graduation, baby shower, jubilee, celebrate, celebrating, retirement party, surprise',
  wedding:
    'wedding, weddings, marriage, married, marry, marrying, getting married, get married, bride, groom, ceremony, engagement, engaged, big day, tie the knot',
  flavour:
    'flavor, flavors, flavour, flavours, taste, tastes, filling, fillings, topping, toppings, chocolate, vanilla, strawberry, lemon, caramel, cream, fruit, sort of filling, raspberry',
  size: 'size, sizes, big, bigger, large, larger, small, smaller, serve, serves, feed, feeds, portion, portions, how many people, guests, slices, enough for, tall, wide, measurements, dimensions, weigh, weighs, weight, pounds',
  fresh: 'fresh, freshly, baked, oven, bake, bakes, warm, hot, just made, straight from the oven',
  leftover:
    'before you shut, end of business, too much bread, bread not sold, what is left, whatever is left, at closing, last minute bread, still there in the evening, leftover, leftovers, left over, unsold, end of the day, end of day, before closing, before you close, not sold, do not sell, nobody bought, nobody buys, yesterday bread, day old, thrown out, throw out, throw it away, throw away, throw bread away, old bread, last loaves, end up with, food waste, waste, surplus, remaining, last half hour, late in the day, shortly before closing',
  bread: 'bread, loaf, loaves, roll, rolls, baguette, bun, buns, toast, sourdough',
  cake: 'cake, cakes, pie, pies, tart, gateau, cupcake, cupcakes, torte, cheesecake',
  cookie: 'cookie, cookies, muffin, muffins, biscuit, biscuits, brownie, brownies',
  pastry: 'pastry, pastries, croissant, croissants, donut, donuts, doughnut, doughnuts, danish',
  coffee: 'coffee, coffees, espresso, cappuccino, latte, tea, drink, drinks, beverage, beverages, hot drink',
  alcohol: 'alcohol, wine, beer, cocktail, cocktails, spirits',
  menu: 'menu, menus, dish, dishes, meal, meals, food, cuisine, starter, main course, dessert, desserts, soup, salad, pizza, pasta, burger, sandwich, sandwiches, steak, sushi, breakfast, dinner, brunch, buffet, snack, snacks',
  catering: 'catering, cater, caterer, caterers, banquet, platter, platters, finger food',
  repair: 'repair, repairs, repaired, fix, fixed, fixing, mend, maintenance, tune up, servicing, inspection, overhaul',
  spare_part:
    'spare part, spare parts, part number, component, accessory, accessories, battery, batteries, screen, cable, charger',
  bicycle: 'bicycle, bicycles, bike, bikes, e bike, scooter, cycling, helmet, chain, brakes',
  motor:
    'engine, oil change, tire, tires, tyre, tyres, windshield, mechanic, motor, breakdown, towing, tow truck, car wash, gas, gasoline, fuel',
  appliance:
    'washing machine, dishwasher, dryer, refrigerator, fridge, freezer, appliance, appliances, vacuum cleaner, heater, boiler, air conditioner, air conditioning, furnace',
  electronics:
    'computer, computers, laptop, laptops, television, tv, tablet, printer, camera, headphones, software, router, phone repair',
  clothes:
    'clothes, clothing, shirt, shirts, trousers, pants, dress, jacket, coat, shoe, shoes, jeans, sweater, hat, socks, fitting room, tailor',
  cleaning:
    'dry cleaning, laundry, ironing, cleaning service, cleaner, cleaners, wash my, stain, stains, carpet cleaning',
  furniture: 'furniture, sofa, couch, mattress, bed, wardrobe, desk, shelf, shelves, curtains',
  rent: 'rent, rents, rental, rentals, lease, borrow, hire out',
  moving: 'moving company, removal, removals, movers, move house, storage unit',
  pet: 'dog, dogs, pet, pets, cat, cats, animal, animals, puppy, kitten, vet, veterinarian, leash, four legged friend',
  restroom:
    'restroom, restrooms, bathroom, bathrooms, toilet, toilets, washroom, changing table, ladies room, mens room',
  seating:
    'seat, seats, seating, sit, sit down, table, tables, eat in, dine, dining, eat there, eat here, terrace, outdoor seating, outside seating, stay and eat, high chair, patio, window seat',
  internet: 'wifi, wi fi, wireless, internet, wireless internet, internet access, hotspot',
  insurance: 'insurance, insured, insurer, health plan, copay, deductible, medicare, medicaid, insurance claim',
  plant:
    'plant, plants, flower, flowers, bouquet, bouquets, roses, watering, prune, soil, fertilizer, tree, trees, garden, gardening, lawn, seeds, florist, pot plant',
  doctor:
    'doctor, doctors, physician, dentist, nurse, specialist, therapist, surgeon, pediatrician, midwife, optician, psychologist, practice nurse',
  prescription:
    'prescription, prescriptions, medicine, medication, pills, pharmacy, pharmacist, drug, drugs, refill, tablets, ointment',
  vaccination: 'vaccination, vaccinations, vaccine, vaccinated, shot, shots, flu shot, jab, booster, immunization',
  symptom:
    'pain, painful, fever, cough, headache, toothache, back pain, bleeding, injury, injured, emergency, urgent care, ambulance, sore throat, infection',
  test_result:
    'test result, test results, lab results, blood test, x ray, scan, ultrasound, diagnosis, medical records, checkup, check up',
  hair: 'hair, haircut, haircuts, cut hair, hairdresser, barber, perm, highlights, beard, shave, dye, blow dry',
  beauty: 'manicure, pedicure, nails, massage, facial, waxing, makeup, spa, sauna, tattoo, piercing, tan, tanning',
  fitness: 'gym, yoga, fitness, personal trainer, swimming, swimming pool, pool, workout, pilates, treadmill',
  sport:
    'football, soccer, basketball, baseball, tennis, golf, match, league, championship, world cup, olympics, super bowl, quarterback, stadium',
  room: 'room, rooms, double room, single room, suite, overnight, stay the night, sleep, bed and breakfast, hotel, extra bed, sea view, hostel, lodging, accommodation, motel',
  checkin:
    'check in, check out, checkout, checking in, checking out, late arrival, early arrival, key card, front desk, reception, luggage, baggage, suitcase',
  travel:
    'flight, flights, airport, airline, plane, cruise, tour, tours, trip, passport, visa application, travel agency, ferry, sightseeing, boarding pass',
  ticket:
    'concert, theater, theatre, movie, movies, film, films, cinema, show tickets, exhibition, museum, festival, performance, admission',
  music: 'music, song, songs, singer, band, guitar, piano, radio, playlist, karaoke, live music',
  news: 'news, newspaper, election, president, government, politics, politician, prime minister, senator, war, king, queen',
  weather:
    'weather, rain, raining, rains, snow, snowing, sunny, temperature, forecast, storm, umbrella, degrees outside',
  knowledge:
    'earth, continent, ocean, volcano, highest mountain, longest river, speed of light, capital of, history, planet, planets, moon, mountain, river, ocean, tower, science, mathematics, math, philosophy, universe, population, invented, square root, multiplied, dinosaur, dinosaurs',
  joke: 'joke, jokes, riddle, poem, story, stories, funny story, sing me',
  login: 'login, log in, password, sign in, username, user name, reset my, verification code, locked out',
  bank: 'loan, loans, mortgage, interest rate, savings account, bank account, stock market, shares, exchange rate, invest, investment, atm, cash machine, credit score',
  law: 'lawyer, attorney, court, lawsuit, divorce, notary, police, legal advice, inheritance, tax return, tax declaration',
  real_estate: 'apartment for, real estate, house for sale, landlord, tenant, property, broker, square feet, realtor',
  craft:
    'plumber, plumbing, electrician, carpenter, painter, painting, roof, roofing, pipe, pipes, leak, leaking, faucet, drain, wallpaper, drill, hammer, screws, paint, locksmith, lumber',
  optical: 'glasses, contact lenses, lenses, sunglasses, eye test, hearing aid',
  jewellery: 'jewelry, jewellery, ring, rings, necklace, earrings, bracelet, watch, watches, gold, silver, diamond',
  book: 'novel, novels, author, magazine, magazines, bookstore, library, paperback, cookbook, textbook',
  toy: 'toy, toys, game, games, puzzle, doll, video game, playground, play corner',
  photo: 'passport photo, passport photos, photographer, photography, photo shoot, picture frame, portrait',
  meat: 'meat, beef, pork, chicken, ham, sausage, sausages, bacon, lamb, turkey, butcher, steak',
  fish: 'fish, seafood, salmon, shrimp, tuna, lobster, oysters',
  vegetable: 'vegetable, vegetables, potatoes, tomatoes, onions, carrots, apples, bananas, groceries, grocery',
  sugar: 'sugar, sweet, sweetener, honey, sweets, candy, ice cream',
  packaging: 'bag, bags, box, boxes, wrap, wrapped, wrapping, gift wrap, packaging, envelope, paper bag, container',
  environment: 'recycle, recycling, eco friendly, sustainable, plastic free, reusable cup, own cup, climate, solar',
  freeze: 'freeze, frozen, store it, keep it fresh, keep fresh, reheat, thaw, refrigerate',
  supplier:
    'supplier, suppliers, local farm, farmer, farmers, come from, source, origin, homemade, home made, handmade, where is it from',
  owner:
    'owner, owners, founded, founder, family business, since when, who runs, boss, manager in charge, head baker, chef',
  donation: 'donate, donation, donations, charity, sponsor, sponsorship, food bank, raffle, fundraiser',
  event_room:
    'private room, function room, conference room, meeting room, venue, hall, rent your, host a party, private party',
  safety: 'smoke, smoking, mask, masks, hygiene, security, alarm, fire, covid',
  school:
    'homework, exam, exams, university degree, diploma, semester, kindergarten place, scholarship, driving license, driving lessons, drivers license',
  emergency: 'nine one one, fire department, poison, accident, stroke, heart attack',
  delivery_work: 'install, installation, installed, assemble, assembly, set up, mounting, take away the old',
  brand: 'brand, brands, model, models, manufacturer, label, type of',
  color: 'color, colors, colour, colours, red, blue, green, yellow, pink, white, black, purple',
  material: 'leather, wood, wooden, cotton, metal, steel, glass, wool, stone',
  nut: 'nut, nuts, peanut, peanuts, almond, almonds, hazelnut, hazelnuts, walnut, walnuts, cashew, nut free',
  dairy:
    'dairy, milk, lactose, cheese, butter, cream, yogurt, dairy free, lactose free, no milk, no dairy, without milk, without butter',
  egg: 'egg, eggs, egg free, no eggs, without eggs',
  vegan:
    'vegan, vegans, vegetarian, vegetarians, veggie, plant based, animal products, from animals, anything from animals, meat free, no meat, without meat, do not eat meat',
  lettering:
    'look like, looks like, look of, appearance, shape, shaped, say happy, color of, which colors, decorate, decorated, decoration, decorations, lettering, inscription, written on, write on, words written, put name on, name on, put words on, message on, text on, picture on, photo on, picture of, photo of, with photo, with picture, icing, frosting, theme, with name, put on top, written, own design, design, figure on, flavor, flavour, filling, topping',
};
