"""Texts that are no news articles, all invented: what a distance from news should notice.

Long enough to be scored, so that only the distance can notice them where the form of the text does not.
"""

import random

_WORDS = (
    "the the the of of and and to in a a is that it was for on with as at by from not this but had they which you"
    " lantern gravel whistle meadow cobalt thimble orchard ferry velvet anchor pepper saddle marble ribbon"
    " harvest kettle magnet pillow turnip bishop walnut copper goblin feather ladder mitten oyster parcel"
    " quickly gently under above run sing blue heavy seven around beside whisper throw fold yellow slow"
)


def _salad(seed: int, sentences: int = 14) -> str:
    rng = random.Random(seed)
    made = (" ".join(rng.choices(_WORDS.split(), k=rng.randint(7, 16))) for _ in range(sentences))
    return " ".join(f"{line.capitalize()}." for line in made)


def _endless(seed: int) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choices(_WORDS.split(), k=420)).capitalize() + "."


_REPEATED = "The lamp is on. " * 60

_TABLE = "Results of the third round.\n" + "\n".join(
    f"{home} {a}, {away} {b}; {n} spectators."
    for home, a, away, b, n in (
        *(("Harlow Rovers", 2, "Tarn United", 0, 412), ("Vale Town", 1, "Mossby", 1, 230)),
        *(("Oster Athletic", 3, "Fennick", 4, 688), ("Pell City", 0, "Brack Wanderers", 0, 1204)),
        *(("Lund Albion", 5, "Crake", 1, 97), ("Sedge Borough", 2, "Holt Rangers", 3, 315)),
        *(("Wick Thistle", 1, "Garrow", 0, 540), ("Amber Valley", 2, "Stoke Dene", 2, 176)),
        *(("Kirk Forest", 4, "Marsh Lane", 1, 262), ("Dunn Park", 0, "Ashby Vale", 2, 333)),
    )
)

OTHER_KINDS: dict[str, tuple[str, ...]] = {
    "recipe": (
        "Preheat the oven to 180 degrees and grease a deep tin. Peel the parsnips and cut them into thick"
        " sticks. Melt the butter in a heavy pan, then add the onion and stir until it turns soft. Pour in"
        " 300 ml of stock. Add two spoons of mustard, a pinch of nutmeg and the grated cheese. Stir well."
        " Tip the parsnips into the tin and pour the sauce over them. Scatter the breadcrumbs on top. Bake"
        " for 40 minutes or until the crust is golden. Let it rest for five minutes before you cut it. Serve"
        " with a green salad. If you like it sharper, squeeze half a lemon over each plate. Keep what is left"
        " in the fridge for up to two days and warm it gently, never in the microwave.",
        "First wash the rice until the water runs clear. Soak it for 20 minutes, drain it and leave it in the"
        " sieve. Heat three tablespoons of oil in a wide pot. Fry the cumin seeds until they crackle. Add"
        " the garlic and the ginger and cook for one minute. Stir in the rice so that every grain shines."
        " Now pour in 600 ml of hot water and a teaspoon of salt. Bring it to the boil, put on the lid and turn"
        " the flame down as low as it goes. Do not lift the lid for 14 minutes. Take the pot off the heat and"
        " wait another ten. Fluff the rice with a fork, fold in the coriander, and taste it for salt before"
        " you bring it to the table. This is enough for four hungry people.",
    ),
    "code": (
        "def settle(queue, limit=10):\n    seen = set()\n    for item in queue:\n        if item.key in seen:\n"
        "            continue\n        seen.add(item.key)\n        if len(seen) > limit:\n            break\n"
        "        yield item\n\nclass Shelf:\n    def __init__(self, rows, columns):\n        self.rows = rows\n"
        "        self.columns = columns\n        self.cells = [[None] * columns for _ in range(rows)]\n\n"
        "    def put(self, row, column, thing):\n        if self.cells[row][column] is not None:\n"
        '            raise ValueError("taken")\n        self.cells[row][column] = thing\n\n'
        "    def find(self, thing):\n        for row, cells in enumerate(self.cells):\n"
        "            for column, found in enumerate(cells):\n                if found == thing:\n"
        "                    return row, column\n        return None\n\n"
        "shelf = Shelf(4, 6)\nshelf.put(0, 0, 'lamp')\nshelf.put(1, 2, 'rope')\nprint(shelf.find('rope'))\n"
        "for item in settle(load(path), limit=20):\n    print(item.key, item.weight, item.owner)\n",
        "SELECT depot.name, count(parcel.id) AS parcels, sum(parcel.weight) AS total FROM depot LEFT JOIN parcel"
        " ON parcel.depot_id = depot.id WHERE parcel.sent_at >= '2024-01-01' AND parcel.state <> 'lost' GROUP BY"
        " depot.name HAVING count(parcel.id) > 10 ORDER BY total DESC LIMIT 50; INSERT INTO audit (who, what, at)"
        " VALUES (current_user, 'listed depots', now()); UPDATE depot SET checked = true, checked_at = now() WHERE"
        " name IN ('north', 'east', 'quay') AND checked = false; DELETE FROM parcel WHERE state = 'lost' AND"
        " sent_at < now() - interval '5 years'; CREATE INDEX parcel_depot ON parcel (depot_id, sent_at); ALTER"
        " TABLE parcel ADD COLUMN fragile boolean NOT NULL DEFAULT false; COMMIT; SELECT 1; SELECT max(weight),"
        " min(weight), avg(weight) FROM parcel JOIN depot ON depot.id = parcel.depot_id WHERE depot.open;",
    ),
    "poem": (
        "The heron stands where reeds begin,\nA grey thought on a single stem.\nThe pond has drawn its curtains in,\n"
        "And evening sews a silver hem.\n\nO slow one, keeper of the cold,\nYou read the water, line by line,\n"
        "And every minnow, quick and bold,\nIs but a comma, but a sign.\n\nI came to ask you what you knew.\n"
        "You lifted, like an opened door.\nThe dusk came after, soft and blue,\nAnd shut, and was a pond once more.\n\n"
        "And still I go there, when the light\nIs thin as milk along the sedge,\nTo learn how one may stand all night\n"
        "And ask for nothing at the edge.\n",
        "My grandmother kept buttons in a tin\nthat once held biscuits from a coastal town.\nI poured them out. I let"
        " the light come in.\nThey rolled like little planets, green and brown.\n\nOne from a coat that crossed a"
        " winter sea,\none from a glove that waved a train goodbye,\none, shaped like a small anchor, came to me\nand"
        " I have never dared to ask it why.\n\nO tin of suns, O cupboard of the moon,\nyou rattle when I move from"
        " house to house.\nI sew, I sing, I lose you all too soon\nbeneath the bed, companion of the mouse.\n\nAnd when I"
        " cannot sleep I count you through,\nthe bone, the brass, the mother-of-pearl blue.\n",
    ),
    "lyrics": (
        "Oh baby, baby, don't you turn that key\nOh baby, baby, won't you stay with me\nThe night is young and I am"
        " young too\nAnd all I want, all I want is you\n\nHey hey, roll on, river\nHey hey, roll on, river\nHey hey,"
        " roll on, river, roll on\n\nI walked to the station in the pouring rain\nI missed my bus and I missed my"
        " train\nI called your name but the line was dead\nSo I'm singing the song that was in my head\n\nHey hey, roll"
        " on, river\nHey hey, roll on, river\nHey hey, roll on, river, roll on\n\nOh baby, baby, don't you turn that"
        " key\nOh baby, baby, won't you stay with me\n",
        "I got my boots on, I got my hat\nI got my money and that is that\nCome on, come on, let's go downtown\nCome on,"
        " come on, let's paint it brown\n\nDance! (dance) Dance! (dance) Dance until the morning\nDance! (dance) Dance!"
        " (dance) Nobody gave us warning\n\nYou got your red shoes, you got your grin\nYou got a taxi, so let me in\nCome"
        " on, come on, let's go downtown\nCome on, come on, we won't come down\n\nDance! (dance) Dance! (dance) Dance until"
        " the morning\nDance! (dance) Dance! (dance) Nobody gave us warning\nNa na na na, na na na na, na na na\n",
    ),
    "contract": (
        "This Agreement is made between the Lessor and the Lessee named in Schedule A. The Lessee shall pay to the"
        " Lessor the Rent in advance on the first day of each calendar month during the Term, without deduction or"
        " set-off, and shall, in the event of any failure to pay within fourteen days of the due date, be liable for"
        " interest on the outstanding amount at the Default Rate from the due date until the date of actual payment,"
        " whether before or after judgment. The Lessee shall not assign, sublet, charge or part with possession of the"
        " Premises or any part thereof without the prior written consent of the Lessor, such consent not to be"
        " unreasonably withheld or delayed. The Lessor shall be entitled, upon giving not less than twenty-four"
        " hours' notice in writing save in case of emergency, to enter the Premises for the purpose of inspecting"
        " the condition thereof. Nothing in this Clause shall operate to exclude any liability that cannot be"
        " excluded under the governing law.",
        "The Supplier warrants that the Goods shall, upon delivery and for a period of twelve months thereafter (the"
        " “Warranty Period”), conform in all material respects with the Specification and be free from material"
        " defects in design, material and workmanship. Subject to Clause 9.3, where the Customer gives notice in writing"
        " during the Warranty Period that some or all of the Goods do not comply with Clause 9.1, the Supplier is given"
        " a reasonable opportunity of examining such Goods, and the Customer, if asked to do so, returns such Goods to"
        " the Supplier's place of business at the Supplier's cost, the Supplier shall, at its option, repair or replace"
        " the defective Goods or refund the price thereof in full. The Supplier shall not be liable for any failure to"
        " comply arising from fair wear and tear, wilful damage, negligence, or the Customer's failure to follow"
        " the instructions of the Supplier as to storage, installation, use or maintenance. Except as provided in this"
        " Clause, the Supplier shall have no liability to the Customer in respect of such failure.",
    ),
    "chat": (
        "mira: hey are you up\njonas: sadly yes lol\nmira: did you see the group thing??\njonas: no what\nmira: they moved"
        " it to friday!!\njonas: omg NO\njonas: i have work\nmira: i know i know\nmira: can you swap with somebody\njonas:"
        " maybe. let me ask pia\nmira: pls pls pls\njonas: ok she says maybe but she wants cake\nmira: haha deal. i'll bake"
        " it\njonas: you can't bake\nmira: rude!!! i can\njonas: last time there was smoke\nmira: that was ONE time\njonas: ok"
        " ok. friday then\nmira: yesss. 7 at mine?\njonas: 7 it is. do i bring anything\nmira: just you and the speaker\njonas:"
        " k. going back to sleep now\nmira: night night\njonas: night\n",
        "[09:01] Anna: Morning everyone! Can you hear me?\n[09:01] Luis: Yes!\n[09:02] Anna: Great. Who has the slides?\n[09:02]"
        " Kofi: I do. I will share my screen in a second.\n[09:03] Kofi: Can you see it now?\n[09:03] Luis: No, only black.\n"
        "[09:03] Kofi: And now?\n[09:04] Luis: Yes. Thanks!\n[09:04] Anna: We should start. Luis, do you take notes?\n[09:04] Luis:"
        " Sure, I will.\n[09:05] Kofi: Slide one. You know all this. I will skip it.\n[09:05] Anna: Please do :)\n[09:06] Kofi:"
        " Slide two. Any questions so far?\n[09:07] Anna: None from me.\n[09:07] Luis: Me neither.\n[09:08] Kofi: Then let us look"
        " at the plan. We have two weeks. I think that's fine. You?\n[09:09] Anna: I think so too!\n",
    ),
    "review": (
        "I bought this kettle three weeks ago and I love it! It boils so fast, and it looks great on my counter. I was"
        " worried about the handle because my old one got hot, but this one stays cool. My only complaint is the cord. It is"
        " way too short! I had to move my toaster to make it fit. The lid is a bit stiff too, but you get used to it. My"
        " husband uses it ten times a day and we have had no problems at all. I would buy it again and I already told my"
        " sister to get one. If you drink a lot of tea like me, you won't regret it. Five stars from me. Thank you to the"
        " seller for the quick delivery, it came in two days!",
        "Do NOT stay here. We booked two nights and left after one. The room smelled of smoke, the shower was cold and"
        " the walls are so thin that I heard my neighbour snore. I asked for another room and the lady at the desk just"
        " shrugged. Breakfast? Two slices of dry toast and a coffee I could not drink. The photos on the site must be ten"
        " years old. And they still charged us for both nights! I have written to them three times and I got no answer."
        " The only good thing was the view from the window, I give you that. We found a lovely place down the road for less"
        " money. Save yourself the trouble and go there instead. I will never come back, and I will tell all my friends.",
    ),
    "email": (
        "Hi Tom,\n\nThanks for your message. I am so sorry that I did not get back to you sooner, I was away last week and I"
        " am still going through my mail. Yes, I can come on Thursday! Would ten o'clock suit you? If not, let me know what"
        " works and I will move things around. I have attached the draft we talked about. Please have a look at section two,"
        " since I am not sure I got your point right. Could you also send me the list of names? I need it for the badges."
        " And one more thing: do you still have my umbrella? I think I left it in your car.\n\nHope you are well, and say hello"
        " to Jill from me. I am looking forward to seeing you.\n\nBest wishes,\nRuth\n",
        "Dear customer,\n\nThank you for your order. We have received your payment and we are now packing your parcel. You will"
        " get another message from us as soon as it is on its way. You can follow your parcel in your account at any time. If you"
        " want to change your address, please click on the button below before midnight. If you did not place this order, please"
        " contact us at once. We would love to hear what you think! Reply to this message and tell us how we did. As a thank"
        " you we give you ten per cent off your next order. Just enter the code on our website when you pay. Please keep this"
        " message for your records. We wish you a lovely day!\n\nYour team at the Lamp Shop\n",
    ),
    "fiction": (
        "She did not turn round. The stairs creaked behind her, once, twice, and she knew by the pause on the fourth that it was"
        " him. He always waited there, as if the fourth stair might change its mind. Outside, the rain had started again."
        " She set the cup down on the sill, slowly, so that it would make no sound, and watched her own breath come and go on the"
        " glass. “You came back,” she said. He said nothing. He put something on the table, something small that rolled a"
        " little and lay still. It was the ring. It was green from the sea. She had thrown it from the pier eleven years ago,"
        " with all her strength, and she had heard it fall. She picked it up and it was warm. “Where,” she began, and then she did"
        " turn, and the room was empty, and the fourth stair creaked.",
        "The dragon was not asleep, although it had been pretending to be for most of a century. It lay along the ridge with its"
        " chin in the heather and one eye a crack open, and it watched the boy come up the path. He had a bucket. He had been sent"
        " for bilberries and he was singing, badly. When he reached the nose he stopped singing. He looked at the nose for a long"
        " time. Then he climbed up on it, because there were bilberries growing in the moss between the nostrils, and he began to"
        " pick. The dragon held its breath. It had eaten knights, and it had eaten horses, and once a whole brass band. Nobody had"
        " ever picked its berries. When the bucket was full the boy slid down and patted it on the snout, as one pats a cow.",
    ),
    "manual": (
        "Before you start, make sure that the mains plug is pulled out. Place the unit on a flat, dry surface. Hold the drum with"
        " one hand and turn the ring anticlockwise until it clicks. Remove the old filter and throw it away. Rinse the new filter"
        " under cold water for one minute. Insert it with the arrow pointing up. Turn the ring clockwise until it stops. Do not use"
        " force. Plug the unit in and press the power button for three seconds. The green light flashes twice. If the red light"
        " comes on, see page 12. Never open the drum while the unit is running. Do not clean the drum with solvents. Keep the unit"
        " out of the reach of children. Press and hold the reset button to clear the filter warning. Wait for the beep. Your unit is"
        " now ready for use.",
        "Step 1. Unfold the frame and lock both hinges. Step 2. Slide the long rail (A) into the bracket (B). Step 3. Fasten it with"
        " two screws (C). Do not tighten them yet. Step 4. Fit the short rail (D) in the same way. Step 5. Turn the frame over. Step"
        " 6. Push the feet (E) onto the legs. Step 7. Lay the slats (F) on the rails, smooth side up. Step 8. Clip each slat in place."
        " Step 9. Now tighten all screws. Step 10. Check that the frame does not wobble. If it wobbles, loosen the screws, press the"
        " frame flat and tighten them again. Keep the key for later. Check the screws once a month. Do not stand or jump on the frame."
        " The frame carries up to 120 kg.",
    ),
    "advert": (
        "Tired of cold feet? Say hello to TOASTIES, the slippers that warm you in SECONDS! Our secret? A tiny pad, a big hug."
        " Just slip in and smile. Choose your colour! Choose your size! Order TODAY and get a second pair absolutely FREE!"
        " That's right, FREE! But hurry, this offer ends at midnight! You love to lounge? You will love our Toasties. You hate"
        " cold floors? You will love our Toasties even more! Thousands of happy feet can't be wrong. Try them for 30 days. If you"
        " don't love them, send them back and we give you every penny back. No questions asked! So what are you waiting for? Click"
        " the button now and treat your feet. Your toes will thank you!",
    ),
    "prayer or speech": (
        "My friends, we are gathered here tonight because we remember. We remember the hands that built this hall. We remember"
        " the voices that filled it. And we ask ourselves: what shall we build? What shall we leave to those who come after us?"
        " Let us not be afraid. Let us not be tired. Let us not say that somebody else will do it, for we are somebody, and we"
        " are else, and we are here! You, in the back row, I see you. You, who came on two buses, I thank you. We have so little,"
        " and we have each other. So let us rise, let us sing, and let us go out of that door as one people, with one heart, and"
        " with our sleeves rolled up. God bless you, God bless this town, and good night!",
    ),
    "table": (_TABLE,),
    "word salad": (_salad(1), _salad(2), _endless(3)),
    "one sentence repeated": (_REPEATED,),
}
