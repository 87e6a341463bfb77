#include "server/sample_script.h"

namespace kith {
namespace {

enum : std::size_t { kMira, kJonas, kAmara, kPriya, kOle, kZofia };

constexpr SampleColleague kColleagues[] = {
    {"Mira", "mira@sample.kith.example", "mira", "I know our lamps by their switches. Tell me about yours.", true},
    {"Jonas", "jonas@sample.kith.example", "jonas", "Parcels, invoices, and where things are on their way.", false},
    {"Amara", "amara@sample.kith.example", "amara", "Bring me what is broken. I like a riddle.", false},
    {"Priya", "priya@sample.kith.example", "priya", "Light for whole rooms: send me a drawing, or a photo.", false},
    {"Ole", "ole@sample.kith.example", "ole", "I blow the glass, and I answer between two fires.", false},
    {"Zofia", "zofia@sample.kith.example", "zofia", "The Malmö shop, every day but Sunday.", false},
};

enum : std::size_t {
  kIngrid,
  kTomas,
  kHana,
  kLeo,
  kNoor,
  kKarl,
  kSofia,
  kElodie,
  kMateusz,
  kAino,
  kRafael,
  kHarpreet,
  kGrace,
  kPerOlof,
  kLotte,
};

constexpr SampleCustomer kCustomers[] = {
    {"Ingrid Lindqvist", "sv", "ingrid", "ingrid@sample.kith.example",
     "I hear badly on the telephone; writing is fine."},
    {"Tomáš Novák", "cs", "tomas", "tomas@sample.kith.example", ""},
    {"Hana Ito", "ja", "hana", "", ""},
    {"Leo Okafor", "en", "leo", "leo@sample.kith.example", ""},
    {"Noor Haddad", "ar", "noor", "", ""},
    {"Karl Berg", "sv", "karl", "karl@sample.kith.example", ""},
    {"Sofia Reyes", "es", "sofia", "sofia@sample.kith.example", ""},
    {"Élodie Martin", "fr", "elodie", "elodie@sample.kith.example", ""},
    {"Mateusz Zieliński", "pl", "mateusz", "", ""},
    {"Aino Virtanen", "fi", "aino", "", "Short sentences help me."},
    {"Rafael Duarte", "pt", "rafael", "rafael@sample.kith.example", ""},
    {"Harpreet Singh", "pa", "harpreet", "", ""},
    {"Grace Mwangi", "en", "grace", "grace@sample.kith.example", ""},
    {"Per-Olof Sandberg", "sv", "perolof", "", "Large letters, please. My eyes are eighty-one."},
    {"Lotte van Dijk", "nl", "lotte", "", ""},
};

constexpr SampleMoment on(int days_ago, int hour, int minute) {
  return {days_ago, hour * 60 + minute};
}
constexpr SampleMoment minutes_ago(int minutes) {
  return {0, minutes};
}
constexpr SampleDue at_closing_in(int days) {
  return {days, 18 * 60};
}
constexpr SampleDue evening_in(int days) {
  return {days, 20 * 60};
}

using enum SampleActKind;

constexpr SampleAct kActs[] = {
    // Ingrid: known for years, a lamp for her mother's birthday.
    {on(96, 10, 4), comes, kIngrid, kMira, "", ""},
    {on(96, 10, 6), says, kIngrid, kMira, "A shade in the wrong white",
     "Good morning. The shade for the reading corner came, and it is lovely, but it is a bluer white than the one in "
     "your "
     "window. My wallpaper and it do not speak to each other."},
    {on(96, 10, 31), answers, kIngrid, kMira, "A shade in the wrong white",
     "Good morning, Ingrid. Then they shall not have to live together. We have the same shade in oatmeal linen; I put "
     "one "
     "on the counter beside a blue one just now and took this under daylight, not under our lamps: it is much warmer."},
    {on(96, 10, 44), says, kIngrid, kMira, "A shade in the wrong white",
     "Oatmeal sounds right. Must I bring the old one in?"},
    {on(96, 10, 52), answers, kIngrid, kMira, "A shade in the wrong white",
     "No need to hurry. Jonas sends the new one today, and when you are in town you leave the other with us."},
    {on(96, 11, 3), notes, kIngrid, kMira, "",
     "Likes to be written to; the telephone is hard for her. Her mother lives in the flat upstairs."},
    {on(93, 16, 20), says, kIngrid, kMira, "A shade in the wrong white", "Oatmeal it is. The wallpaper agrees."},
    {on(93, 16, 26), settles, kIngrid, kMira, "A shade in the wrong white", ""},
    {on(47, 9, 12), says, kIngrid, kMira, "We have moved",
     "We have moved! Three streets, forty-one years of things. Could you change the address for the invoice?"},
    {on(47, 9, 40), answers, kIngrid, kMira, "We have moved",
     "Welcome home, Ingrid. Give me the new street and I will change it everywhere, in the books as well as on the "
     "parcel "
     "labels."},
    {on(47, 9, 48), says, kIngrid, kMira, "We have moved",
     "Stora Gråbrödersgatan 12, second floor. The bell says Lindqvist in my mother's hand."},
    {on(47, 10, 5), answers, kIngrid, kMira, "We have moved",
     "It is changed, and I looked at the invoice myself. Enjoy the new kitchen!"},
    {on(47, 10, 9), settles, kIngrid, kMira, "We have moved", ""},
    {on(6, 11, 15), says, kIngrid, kMira, "The lamp for her mother",
     "My mother turns eighty on Friday. I would like the Skymning lamp for her, in linen. Will it be here in time?"},
    {on(6, 11, 32), answers, kIngrid, kMira, "The lamp for her mother",
     "It leaves us tomorrow and should be with you on Wednesday. I pack it myself, twice."},
    {minutes_ago(64), says, kIngrid, kMira, "The lamp for her mother",
     "It came today, and the foot is broken in two. I could cry a little. Friday is so soon."},
    {minutes_ago(52), answers, kIngrid, kMira, "The lamp for her mother",
     "Oh no, Ingrid. Eighty, and then this. There is one left in the Malmö shop, whole and in linen. Shall I drive it "
     "over "
     "to you after we close?"},
    {minutes_ago(49), promises, kIngrid, kMira, "", "I bring a whole lamp to your door, after six.", evening_in(2)},
    {minutes_ago(47), notes, kIngrid, kJonas, "",
     "The lamp in Malmö is set aside for her, under the counter with a red ribbon."},
    {minutes_ago(6), says, kIngrid, kMira, "The lamp for her mother", "You would do that? I do not know what to say."},

    // Tomáš: an invoice that keeps an old address.
    {on(71, 14, 2), comes, kTomas, kJonas, "", ""},
    {on(71, 14, 5), says, kTomas, kJonas, "Invoices for the office",
     "Dobrý den, we ordered six desk lamps for our office. On the invoice stands our old address. Our bookkeeper sends "
     "it "
     "back to me every time."},
    {on(71, 14, 33), answers, kTomas, kJonas, "Invoices for the office",
     "Dobrý den, Tomáš. She is right to. I have written it anew with the address in Brno; tell her it was not you."},
    {on(71, 14, 41), says, kTomas, kJonas, "Invoices for the office", "She laughed. Thank you."},
    {on(20, 9, 8), says, kTomas, kJonas, "Invoices for the office",
     "Now the second invoice came, and it has the old address again. I believe your computer likes it better."},
    {on(20, 9, 51), answers, kTomas, kJonas, "Invoices for the office",
     "It had kept a copy in a place where I had not looked. I looked now, and deleted it with some pleasure. The "
     "corrected "
     "one is in your mail."},
    {on(20, 9, 58), notes, kTomas, kJonas, "",
     "Two invoices with the old address, both our fault. Look at the third one by hand before it goes."},
    {minutes_ago(11), says, kTomas, kJonas, "Invoices for the office",
     "Hi Jonas, the third invoice is here. You guess which address it has. I am not angry, but our bookkeeper is "
     "building "
     "a small altar."},

    // Hana: a shelf and its light.
    {on(12, 19, 30), comes, kHana, kPriya, "", ""},
    {on(12, 19, 34), says, kHana, kPriya, "Light for a shelf",
     "Konbanwa. I would like a small light for a shelf with pottery. The shelf is deep and I am not tall. Is there "
     "one that "
     "can be clipped on?"},
    {on(11, 9, 10), answers, kHana, kPriya, "Light for a shelf",
     "Ohayō gozaimasu, Hana. There is: we call it Finch. It weighs less than an apple and holds on with felt, so "
     "the wood "
     "stays as it is. How thick is the board?"},
    {on(11, 18, 55), says, kHana, kPriya, "Light for a shelf", "I think two centimetres, but I will measure."},
    {on(11, 19, 20), answers, kHana, kPriya, "Light for a shelf",
     "Up to three is fine. Measure in peace; nothing runs away."},
    {on(1, 8, 40), thanks, kHana, kPriya, "", "Thank you. I measure the shelf tonight and write to you tomorrow."},

    // Leo: where is my parcel.
    {minutes_ago(25), comes, kLeo, kJonas, "", ""},
    {minutes_ago(24), says, kLeo, kJonas, "A parcel that stands still",
     "Hi! My order has been 'in a good place' since Monday according to the tracking page. Which good place, and is it "
     "warm "
     "there?"},
    {minutes_ago(3), says, kLeo, kJonas, "A parcel that stands still",
     "It is the bedside lamp, for a small person who has decided to be afraid of the dark."},

    // Noor: islands in winter.
    {minutes_ago(15), comes, kNoor, kZofia, "", ""},
    {minutes_ago(14), says, kNoor, kZofia, "Delivery to an island",
     "Do you deliver to the island of Ven in winter? The page says yes, the ferry says perhaps. شكرا"},

    // Karl: upset, and with reason.
    {on(33, 8, 2), comes, kKarl, kAmara, "", ""},
    {on(33, 8, 5), says, kKarl, kAmara, "A lamp that hums",
     "I have now written to three companies about lamps that hum. You are the fourth. It hums in B flat and I teach "
     "the "
     "piano."},
    {on(33, 8, 47), answers, kKarl, kAmara, "A lamp that hums",
     "Then it must be unbearable, truly. It is the dimmer, not the lamp: they do not like each other. I can change the "
     "driver in yours, and it will be still. Would you trust me with it for four days?"},
    {on(33, 9, 15), says, kKarl, kAmara, "A lamp that hums", "Four days. I will count them."},
    {on(33, 9, 19), promises, kKarl, kAmara, "", "Your lamp is back with you, and silent.", at_closing_in(4)},
    {on(30, 15, 2), answers, kKarl, kAmara, "A lamp that hums",
     "It left today, one day early. I sat beside it for an hour in the evening; I heard the clock, and nothing else."},
    {on(30, 15, 4), keeps, kKarl, kAmara, "", ""},
    {on(27, 20, 11), thanks, kKarl, kAmara, "",
     "Silence. My pupils noticed before I told them. I was short with you, and you were not with me. Thank you."},
    {on(27, 20, 15), settles, kKarl, kAmara, "A lamp that hums", ""},
    {on(27, 20, 40), notes, kKarl, kAmara, "",
     "Teaches the piano from two to seven; write in the morning. He counts days, and he is fair."},
    {minutes_ago(26), says, kKarl, kAmara, "The second lamp",
     "The second lamp has begun. B flat again. I would like Amara to know before I am rude to anybody else."},

    // Sofia: a café, drawn by hand.
    {on(58, 12, 30), comes, kSofia, kPriya, "", ""},
    {on(58, 12, 34), says, kSofia, kPriya, "Light for a café",
     "¡Hola! My brother and I open a café in spring, in an old bakery. Twelve pendants over a long table. Is that too "
     "many "
     "for a workshop like yours?"},
    {on(58, 13, 2), answers, kSofia, kPriya, "Light for a café",
     "¡Hola, Sofia! Twelve is a good number, it is as many as Ole can blow in three weeks without losing his temper. "
     "What "
     "colour are the walls?"},
    {on(58, 13, 20), says, kSofia, kPriya, "Light for a café",
     "Dark green up to the shoulder, then lime. The ceiling stays as the bakers left it: brown."},
    {on(58, 13, 41), promises, kSofia, kPriya, "",
     "A drawing of the long table with twelve lamps, and an honest price.", at_closing_in(7)},
    {on(52, 10, 15), answers, kSofia, kPriya, "Light for a café",
     "Here it is, in pencil. I made every second one amber, because of the brown. Tell me where I am wrong; you know "
     "the room."},
    {on(52, 10, 16), keeps, kSofia, kPriya, "", ""},
    {on(51, 9, 44), says, kSofia, kPriya, "Light for a café",
     "My brother put it on the fridge. Amber, yes! We would like to begin."},
    {on(30, 11, 10), answers, kSofia, kOle, "Light for a café",
     "Number seven is the best one I have made this year. I tell you because nobody here lets me keep it."},
    {on(9, 17, 20), says, kSofia, kPriya, "Light for a café",
     "We move the ovens out next week and then there will be dust for a while. Could the lamps wait with you until it "
     "has settled?"},
    {on(9, 17, 42), answers, kSofia, kPriya, "Light for a café",
     "They stay in straw as long as you like. I will ask how the move went on Monday."},
    {on(9, 17, 43), promises, kSofia, kPriya, "", "I ask how the move went, and we choose a day together.",
     at_closing_in(12)},

    // Élodie: a grandmother's lamp.
    {on(40, 15, 0), comes, kElodie, kAmara, "", ""},
    {on(40, 15, 3), says, kElodie, kAmara, "Grandmother's lamp",
     "Bonjour ! Do you mend lamps you did not make? It is my grandmother's, with a cloth cable from the fifties, and "
     "it "
     "tickles when I touch it."},
    {on(40, 15, 18), answers, kElodie, kAmara, "Grandmother's lamp",
     "Bonjour Élodie. Please pull the plug and leave it out: a lamp that tickles is not safe. And yes, gladly. I would "
     "give "
     "it a new cable that looks like the old one, and change nothing else that your grandmother knew."},
    {on(40, 15, 30), says, kElodie, kAmara, "Grandmother's lamp", "Unplugged! May I bring it on Thursday?"},
    {on(40, 15, 36), answers, kElodie, kAmara, "Grandmother's lamp",
     "Any time after ten. The door is stiff; it is not you."},
    {on(37, 12, 40), notes, kElodie, kAmara, "",
     "Brought the lamp in. It stood beside her grandmother's bed; she would like to be there when it is lit again."},
    {on(24, 10, 2), answers, kElodie, kAmara, "Grandmother's lamp",
     "It is ready, and I have not switched it on. Come when you have a quiet half hour."},
    {on(24, 10, 25), says, kElodie, kAmara, "Grandmother's lamp", "Saturday, with my mother?"},
    {on(24, 10, 27), answers, kElodie, kAmara, "Grandmother's lamp",
     "Saturday, with your mother. I put the kettle on."},
    {on(22, 18, 50), thanks, kElodie, kAmara, "",
     "Maman cried, and then she told us three stories I had never heard. Merci, Amara."},
    {on(22, 18, 52), settles, kElodie, kAmara, "Grandmother's lamp", ""},

    // Mateusz: the wrong bulb.
    {on(17, 20, 10), comes, kMateusz, kZofia, "", ""},
    {on(17, 20, 12), says, kMateusz, kZofia, "The right bulb",
     "Dzień dobry, I bought a floor lamp in Malmö and the bulb is too bright for the evening. Can I use a weaker one, "
     "or does it hurt the lamp?"},
    {on(16, 10, 5), answers, kMateusz, kZofia, "The right bulb",
     "Dzień dobry! Weaker never hurts it. Take one with 400 lumen, warm white, and the thin screw. If you come by I "
     "give you two to try; bring back the one you like less."},
    {on(15, 17, 35), thanks, kMateusz, kZofia, "The right bulb",
     "I was there, and kept the dimmer one. The room is bigger in the evening now. Strange."},
    {on(15, 17, 36), settles, kMateusz, kZofia, "The right bulb", ""},

    // Aino: short sentences.
    {on(14, 9, 0), comes, kAino, kZofia, "", ""},
    {on(14, 9, 1), says, kAino, kZofia, "Giving it back", "Hei. The lamp is too tall. Can I give it back?"},
    {on(14, 9, 9), answers, kAino, kZofia, "Giving it back",
     "Hei Aino. Yes. Bring it to Malmö. You get the money back."},
    {on(14, 9, 11), says, kAino, kZofia, "Giving it back", "I do not have the box."},
    {on(14, 9, 14), answers, kAino, kZofia, "Giving it back", "You do not need the box."},
    {on(14, 9, 16), thanks, kAino, kZofia, "", "Good. Kiitos."},
    {on(12, 13, 0), settles, kAino, kZofia, "Giving it back", ""},

    // Rafael: a promise that was late, and owned up to in plain words.
    {on(64, 16, 30), comes, kRafael, kOle, "", ""},
    {on(64, 16, 33), says, kRafael, kOle, "A cracked glass",
     "Boa tarde. The globe of my lamp has a crack from the ring to the rim. I did not drop it; I only breathed near "
     "it."},
    {on(64, 17, 1), answers, kRafael, kOle, "A cracked glass",
     "That was in the glass before you breathed. I cooled it too quickly that week. I make you a new one, and it costs "
     "nothing."},
    {on(64, 17, 3), promises, kRafael, kOle, "", "A new globe, blown slowly, on its way to you.", at_closing_in(10)},
    {on(55, 9, 30), answers, kRafael, kOle, "A cracked glass",
     "It left this morning, wrapped in a wool blanket. Keep the blanket."},
    {on(55, 9, 31), keeps, kRafael, kOle, "", ""},
    {on(50, 21, 12), thanks, kRafael, kOle, "", "Whole and beautiful. The cat has the blanket. Obrigado!"},
    {on(50, 21, 13), settles, kRafael, kOle, "A cracked glass", ""},
    {on(3, 12, 15), says, kRafael, kOle, "A twin for the lamp",
     "My neighbour has seen it, and now she wants the same. Do you make it in smoke grey as well?"},
    {on(3, 14, 40), answers, kRafael, kOle, "A twin for the lamp",
     "On Thursdays, when the furnace is dirty anyway. I make two and she chooses; would the week after next be soon "
     "enough?"},
    {on(3, 15, 2), says, kRafael, kOle, "A twin for the lamp", "She says she has waited for worse things. Yes!"},
    {on(3, 15, 6), answers, kRafael, kOle, "A twin for the lamp",
     "Good. Two greys, then; I will write when they have cooled."},

    // Harpreet: a factory question, answered by two.
    {on(26, 13, 20), comes, kHarpreet, kPriya, "", ""},
    {on(26, 13, 24), says, kHarpreet, kPriya, "Light for a kitchen",
     "Sat sri akal! Four lamps over a kitchen island of 2.6 metres. How far apart, and how high?"},
    {on(26, 13, 50), answers, kHarpreet, kPriya, "Light for a kitchen",
     "Sat sri akal, Harpreet! Sixty centimetres from middle to middle, and seventy above the worktop. If somebody in "
     "the house is tall, eighty."},
    {on(26, 13, 58), says, kHarpreet, kPriya, "Light for a kitchen", "My son plays basketball."},
    {on(26, 14, 1), answers, kHarpreet, kPriya, "Light for a kitchen",
     "Eighty-five, then, and tell him to aim elsewhere."},
    {on(25, 18, 30), thanks, kHarpreet, kPriya, "", "They hang. He has hit one already, with a spoon. Thank you!"},
    {on(25, 18, 31), settles, kHarpreet, kPriya, "Light for a kitchen", ""},

    // Grace: three questions in one breath.
    {on(5, 10, 20), comes, kGrace, kMira, "", ""},
    {on(5, 10, 24), says, kGrace, kMira, "A gift card",
     "Hello! Three things. Can I buy a gift card for any amount? Do you ship to Nairobi? And the blue lamp from your "
     "spring window, is it gone for ever?"},
    {on(5, 10, 49), answers, kGrace, kMira, "A gift card",
     "Hello Grace! The card: any amount, and I write the name on it by hand. The other two I answer one by one, so "
     "that none gets lost."},
    {on(5, 10, 55), answers, kGrace, kJonas, "Shipping to Nairobi",
     "Nairobi, from me: yes, and it takes nine to twelve days. Customs wants to see the invoice on the outside of the "
     "box; I see to that."},
    {on(5, 11, 7), answers, kGrace, kOle, "The blue lamp",
     "The blue one, from me: there are two left that I hid from the others. One is yours if you say so before the end "
     "of the month."},
    {on(4, 9, 2), says, kGrace, kMira, "The blue lamp",
     "Please hide it a little longer for me! I decide this week, when my sister has seen the picture."},
    {on(4, 9, 19), answers, kGrace, kOle, "The blue lamp", "It stands behind the sand. Nobody looks behind the sand."},
    {on(4, 9, 20), promises, kGrace, kOle, "", "The blue lamp stays hidden for you until the end of the month.",
     at_closing_in(10)},
    {on(4, 9, 31), notes, kGrace, kMira, "",
     "Buys for her sister in Nairobi, who moves house in January. Writes three things at once; answer them one by "
     "one."},

    // Per-Olof: large letters.
    {on(44, 11, 0), comes, kPerOlof, kZofia, "", ""},
    {on(44, 11, 6), says, kPerOlof, kZofia, "A lamp for reading",
     "Goddag. I read the newspaper with a torch. My granddaughter says there must be another way."},
    {on(44, 11, 30), answers, kPerOlof, kZofia, "A lamp for reading",
     "Goddag, Per-Olof! Your granddaughter is right, though I like the torch. May I bring two reading lamps to your "
     "home and you choose in your own chair? I pass Lomma on Tuesday."},
    {on(44, 11, 50), says, kPerOlof, kZofia, "A lamp for reading", "That would be something. Tuesday there is coffee."},
    {on(44, 11, 52), answers, kPerOlof, kZofia, "A lamp for reading", "And I bring the cinnamon buns."},
    {on(44, 11, 53), promises, kPerOlof, kZofia, "", "I come on Tuesday with two lamps to try.", at_closing_in(3)},
    {on(42, 15, 40), keeps, kPerOlof, kZofia, "", ""},
    {on(42, 15, 45), notes, kPerOlof, kZofia, "",
     "Took the one with the large switch. Reads from six to eight in the morning. The coffee is strong."},
    {on(41, 7, 12), thanks, kPerOlof, kZofia, "",
     "I have read the whole newspaper, also the parts that are not worth it. Tack, Zofia."},
    {on(41, 7, 13), settles, kPerOlof, kZofia, "A lamp for reading", ""},

    // Lotte: an idea for the shop.
    {on(8, 21, 5), comes, kLotte, kMira, "", ""},
    {on(8, 21, 9), says, kLotte, kMira, "A cord on the other side",
     "Hallo! My desk stands to the right of the wall, and all your lamps have the cord on the right. It hangs over my "
     "drawings. Is there a left-handed one?"},
    {on(7, 9, 3), answers, kLotte, kMira, "A cord on the other side",
     "Hallo Lotte! There is not, and there should be. I asked Amara: she can turn the foot around in an afternoon. "
     "Send us yours, or take one from us and we turn it first."},
    {on(7, 9, 38), says, kLotte, kMira, "A cord on the other side",
     "Turn one for me, please. You have just made a left-handed illustrator very happy."},
    {on(7, 9, 40), answers, kLotte, kAmara, "A cord on the other side",
     "It is on my bench already, looking surprised."},
    {on(7, 9, 41), promises, kLotte, kAmara, "", "A lamp with its cord on the left, on its way to you.",
     at_closing_in(16)},
};

Settings made_settings() {
  Settings settings{
      .organisation = "Skymning Lamps (sample)",
      .hello_line = "Write to us as you would to a friend. One of us answers, by name.",
      .nobody_there_line = "We are at home now, or at the furnace. Write, and the first of us who is back reads it."};
  settings.opening.time_zone = "Europe/Stockholm";
  for (int day = 1; day <= 5; ++day) {
    settings.opening.week.push_back({day, {9 * 60, 12 * 60 + 30}});
    settings.opening.week.push_back({day, {13 * 60 + 15, 18 * 60}});
  }
  settings.opening.week.push_back({6, {10 * 60, 15 * 60}});
  return settings;
}

}  // namespace

std::span<const SampleColleague> sample_colleagues() {
  return kColleagues;
}
std::span<const SampleCustomer> sample_customers() {
  return kCustomers;
}
std::span<const SampleAct> sample_acts() {
  return kActs;
}
const Settings& sample_settings() {
  static const Settings settings = made_settings();
  return settings;
}

}  // namespace kith
