"""People and things that only training meets: most names and nouns that a visitor types
were never drawn.

A model that has met three hundred names asks of the next one what it is; one that often
met strangers reads them for what they do in the sentence. So in a share of the training problems
`estranged` puts others in the places of the usual ones. The numbers and the steps know nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from train.synthetic.world import THINGS, Person, Thing, listed, person, things

_PEOPLE = {
    "he": tuple(person(name, "he", "his", "him") for name in listed(
        "Abel Abdul Adrian Albert Alberto Alec Alfred Allen Alonzo Alvin Amir Andrew Andy Angelo Anthony Antonio Archie Armando "
        "Arnold Arthur Asher Ashton Augustus Austin Axel Barry Bart Basil Beau Benjamin Bennett Benny Bernard Blake Bob Brad "
        "Bradley Brady Brent Brett Brian Bryan Bryce Byron Calvin Cameron Carl Carson Carter Casper Charles Charlie Chester "
        "Christian Clark Claude Clay Clayton Cliff Clifford Clint Cody Cole Connor Cooper Corey Craig Curtis Cyrus Dale Dallas "
        "Damon Dan Danny Darius Darrell Darren Dave Dean Dennis Devin Dirk Dominic Don Donald Donnie Doug Douglas Drew Duncan "
        "Dwayne Earl Easton Edgar Eduardo Edwin Elias Elijah Elliot Elmer Ernest Ernesto Ezra Fabian Farid Fernando Fletcher "
        "Floyd Francis Frankie Fred Freddy Garrett Gary Gavin Gene Gerald Gilberto Glenn Graham Greg Gregory Gus Guy Hank "
        "Hans Harrison Harvey Herbert Herman Homer Howard Hudson Hunter Ignacio Irving Jaden Jake Jared Jasper Jay Jayden Jeff "
        "Jeremiah Jeremy Jermaine Jesse Jimmy Joe Joey Johnny Jon Jonathan Joshua Justin Kai Kaleb Karl Kenneth Kenny Kent "
        "Kirk Kurt Lance Larry Lawrence Leon Leonard Leroy Lester Levi Lloyd Lorenzo Lou Luis Mack Manny Manuel Marcel Marcus "
        "Marvin Maurice Melvin Micah Michael Mitch Mohammed Morris Moses Murray Myles Nasir Ned Nelson Nicholas Nico Nigel "
        "Nolan Norman Orlando Orson Oswald Parker Percy Perry Pete Preston Quentin Ramon Randall Raul Raymond Rex Richard Rick "
        "Ricky Robbie Robert Roberto Rodney Rory Ross Roy Ruben Rudy Rufus Russell Salvador Sammy Sebastian Shane Shawn Sheldon "
        "Sherman Sid Silas Spencer Stanley Stephen Steven Stuart Sylvester Terrence Terry Thomas Timothy Todd Tommy Trent Trevor "
        "Troy Tucker Vernon Vince Vincent Virgil Wallace Warren Wayne Wesley Wilbur William Willie Wilson Winston Wyatt Zachary")),
    "she": tuple(person(name, "she", "her", "her") for name in listed(
        "Abigail Adele Adriana Agnes Alexa Alexandra Alexis Alicia Allison Alma Alyssa Amanda Amber Amina Amira Angelica Angie "
        "Anne Annie Antonia Ariana Ariel Arlene Ashley Astrid Athena Aurora Autumn Barbara Beatrice Becky Belinda Bernadette "
        "Bernice Bertha Beverly Blanche Brianna Brooke Caitlin Candice Carol Caroline Carrie Cassandra Cassie Catherine Cecilia "
        "Celeste Celia Charlene Charlotte Chelsea Cheryl Christina Christine Cindy Claudia Colleen Connie Constance Courtney "
        "Cristina Crystal Cynthia Danielle Darlene Dawn Deborah Dee Denise Desiree Dolores Doreen Doris Dorothy Edna Eileen "
        "Elaine Eleanor Elise Eliza Elizabeth Eloise Elsie Emilia Emmy Erica Ernestine Estelle Estrella Ethel Eunice Evangeline "
        "Eve Evelyn Faye Felicia Frances Francesca Frida Gabriella Gail Gemma Genevieve Georgia Geraldine Gertrude Gianna Ginger "
        "Giselle Gladys Glenda Gwen Heather Helena Henrietta Hilda Hope Imani Imogen Ingrid Isabella Jacqueline Janelle Janice "
        "Jean Jeanette Jenny Jo Joanna Jocelyn Jodi Josephine Joyce Juanita Judith Juliana Juliet Justine Kaitlyn Katherine "
        "Kathleen Kathy Katrina Kayla Kendra Krista Kylie Lauren Leah Leila Leona Leticia Lillian Lindsey Lois Loretta Lorraine "
        "Lou-Ann Louise Lucia Lucille Lynn Mackenzie Madeline Madison Mae Marcella Marcia Margaret Margot Marie Marilyn Marion "
        "Marissa Marjorie Martha Matilda Maureen Maxine Meg Megan Melanie Melinda Mercedes Meredith Michelle Mildred Millie "
        "Minerva Minnie Miranda Missy Molly-Ann Monica Muriel Myra Myrtle Nellie Nicole Noelle Norma Octavia Odette Opal Ophelia "
        "Pamela Pauline Pearl Peggy Polly Quincy Ramona Raquel Rebekah Regina Renata Rhonda Roberta Robyn Rochelle Rosalind "
        "Rosemary Rosie Roxanne Sabrina Sasha Savannah Scarlett Shannon Sharon Sheila Shirley Sierra Silvia Sondra Sophia Stacy "
        "Stephanie Summer Susan Susie Suzanne Sylvia Tabitha Talia Tania Tasha Teresa Thelma Tiffany Toni Tracy Tricia Trina Trudy "
        "Ursula Velma Veronica Vicky Victoria Viola Violet Virginia Vivian Whitney Wilma Winifred Yolanda Yvette Yvonne Zelda")),
    "they": tuple(person(name, "they", "their", "them") for name in listed(
        "Alexi Ari Arden Ash Blair Bo Briar Charley Dakota Devon Ellis Emery Finley Hollis Indigo Jamie Kendall Lane Lennon Marlow "
        "Oakley Peyton Phoenix Reese Remy River Sam-Lee Sawyer Shiloh Sidney Sky Tatum Wren")),
}  # fmt: skip

_THINGS = {
    "crop": things(
        "zucchini, squash, pomegranate, papaya, apricot, raspberry, blackberry, cranberry, leek, parsnip, yam, sweet potato, ear of corn, "
        "watermelon, cantaloupe, grapefruit, tangerine, coconut, pineapple, artichoke, cauliflower, pea pod, chili, gourd, kiwi, "
        "nectarine, quince, hazelnut, pecan, almond, coffee bean, head of lettuce, bunch of grapes, sunflower seed, mushroom, persimmon"),
    "baked": things(
        "croissant, cheesecake, waffle, turnover, loaf of bread, dinner roll, breadstick, eclair, cream puff, macaron, cake, "
        "gingerbread cookie, strudel, quiche, pita, sugar cookie, fruit cake, cake pop, pastry, oatmeal cookie, bread roll"),
    "food": things(
        "slice of cheese, cracker stack, raisin, peanut, cashew, fruit snack, gummy bear, caramel, licorice stick, truffle, "
        "popsicle, ice cream bar, juice box, yogurt, cheese stick, sausage, slice of bacon, fish stick, french fry, onion ring, nacho, "
        "taquito, spring roll, rice cake, shrimp, crab cake, slice of ham, burger patty, corn dog, tangerine, kiwi, apricot, "
        "raspberry, blackberry, cranberry, pistachio, acorn, piece of fudge, chocolate chip, sour drop, peppermint, toffee, "
        "gumball, candy cane, jawbreaker, chocolate egg, skittle, piece of candy, cherry tomato, celery stick, slice of toast, "
        "peanut butter cup, fortune cookie, oyster, clam, deviled egg, pastry, piece of sushi, piece of gum, bar of chocolate"),
    "flower": things(
        "petunia, hydrangea, lilac, azalea, geranium, begonia, lavender sprig, dahlia, chrysanthemum, bluebell, snowdrop, hyacinth, "
        "magnolia, buttercup, zinnia, primrose, camellia, hibiscus, jasmine flower, foxglove, lotus, daisy chain, red rose, cactus flower"),
    "tree": things(
        "cedar, birch, fir tree, elm, ash tree, beech, chestnut tree, plum tree, pear tree, fig tree, olive tree, peach tree, "
        "redwood, poplar, spruce, sycamore, hickory tree, mango tree, shrub, rose bush, hedge plant, sapling, bamboo plant, almond tree"),
    "animal": things(
        "horse, ostrich, bull, ram, rooster, mule, emu, camel, elk, buffalo, peacock, swan, "
        "hen, chick, lion, tiger, elephant, giraffe, zebra, monkey, gorilla, penguin, seal, kangaroo, koala, panda, "
        "bear, fox, squirrel, raccoon, beaver, otter, hedgehog, flamingo, pelican, owl, crocodile, hippo, rhino, antelope"),
    "pet": things(
        "cat, dog, bird, fish, bunny, ferret, parakeet, tortoise, iguana, gecko, snake, chameleon, salamander, newt, rat, cockatiel, dove, "
        "pigeon, finch, hermit crab, tarantula, cricket, beetle, caterpillar, butterfly, ladybug, ant, worm, guppy, tetra, chinchilla"),
    "kid": things(
        "pupil, boy, girl, teenager, toddler, teammate, neighbor, tourist, passenger, volunteer, employee, member, singer, musician, "
        "actor, athlete, hiker, cyclist, skater, chef, waiter, farmer, sailor, soldier, pilot, teacher, doctor, nurse, customer, "
        "shopper, fan, reader, writer, painter, gardener, cousin, trainee, beginner, contestant, spectator, club member"),
    "school": things(
        "composition book, stapler, protractor, compass, lunch box, pencil case, chalk stick, sharpener, glue bottle, whiteboard, "
        "worksheet, flash card, workbook, dictionary, atlas, art kit, watercolor set, colored pencil, poster board, sheet of paper, gel pen, "
        "clipboard, backpack, report card, hall pass, permission slip, construction sheet, bookmark, library card, envelope"),
    "made": things(
        "sweater, mitten, sock, glove, pillow, cushion, curtain, tablecloth, apron, belt, wallet, purse, doll house, kennel, ladder, bench, "
        "stool, shelf, cabinet, drawer, door, window frame, toy train, puppet, costume, crown, wreath, earring, brooch, charm, keychain, "
        "soap, jar of jam, bottle of sauce, pot, plate, tea cup, jug, figurine, statue, paper crane, paper flower, paper boat, snow globe"),
    "cheap": things(
        "toothbrush, tube of toothpaste, light bulb, battery, roll of tape, sponge, comb, hair clip, pair of gloves, scarf, bandana, "
        "bag of chips, can of soda, bottle of juice, carton of milk, loaf of bread, jar of honey, candy bar, "
        "ice cream cone, popcorn bucket, bowl of soup, salad, donut, cup of tea, lemonade, wrap, sub, pack of gum, pack of cards, "
        "yo-yo, kite, ball, frisbee, jump rope, puzzle, coloring book, poster, DVD, CD, song, bus ticket, movie ticket, raffle ticket, "
        "flower pot, packet of seeds, bag of soil, bar of soap, bottle of shampoo, greeting card, picture frame, baseball cap, t-shirt"),
    "dear": things(
        "television, laptop, computer, monitor, speaker, pair of headphones, game console, smart watch, drone, microscope, violin, "
        "piano, trumpet, flute, sofa, couch, bed, mattress, bookcase, dresser, table, stove, oven, refrigerator, microwave, blender, toaster, "
        "vacuum cleaner, washing machine, fan, heater, lawn mower, grill, kayak, surfboard, pair of skis, snowboard, pair of boots, "
        "suit, gown, handbag, necklace, ring, tire, saddle, fish tank, bird cage, painting, statue, wheelbarrow, tool set, power drill"),
    "media": things(
        "text, voice message, podcast, movie, film, clip, selfie, drawing, chapter, recipe, contact, playlist, episode, post, comment, folder"),
    "toy": things(
        "domino, chess piece, checker, poker chip, jack, spinning top, whistle, bell, bubble wand, water balloon, beach ball, "
        "ping pong ball, baseball, basketball, football, soccer ball, hockey puck, dart, arrow, toy truck, toy boat, toy robot, teddy bear, "
        "plush toy, sticker sheet, marble run, football card, basketball card, playing card, comic strip, magazine, novel, storybook, "
        "pebble, acorn, pine cone, leaf, twig, stick, fossil, arrowhead, gold coin, medal, trophy, "
        "ribbon roll, string, bow, sequin, pearl, diamond, ruby, emerald, jewel, locket, ring, hair band, barrette, scrunchie, hat, "
        "cap, shirt, tie, shoe, sock, scarf, pillow, blanket, candle, lantern, flashlight, battery, light bulb, nail, screw, bolt, washer, "
        "brick, plank, log, tile, rope, chain, lock, key, spoon, fork, knife, plate, cup, mug, bowl, glass, bottle, can, lid, straw, napkin, "
        "paper cup, paper bag, plastic bag, cardboard box, egg carton, newspaper, letter, envelope, flyer, coupon, voucher, ticket stub, "
        "photo album, frame, painting, sketch, drawing, poster, map, globe, flag, kite string, fishing lure, hook, worm, shell necklace"),
}  # fmt: skip

_ALIKE = {thing: _THINGS[kind] for kind in _THINGS for thing in reversed(THINGS[kind])}
"""Who may stand in for a usual thing."""


def estranged(slots: Mapping[str, object], rng: Random) -> dict[str, object]:
    """The same slots with strangers for the usual people and things."""
    taken: set[object] = set()
    found = dict(slots)
    for key, value in slots.items():
        others: tuple[object, ...] = ()
        if isinstance(value, Person):
            others = _PEOPLE[value.he]
        elif isinstance(value, Thing):
            others = _ALIKE.get(value, ())
        if others:
            other = others[int(rng.random() * len(others))]
            if other not in taken:
                taken.add(other)
                found[key] = other
    return found
