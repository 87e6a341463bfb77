#include "http/hello_words.h"

namespace kith::http {
namespace {

constexpr HelloWords kEnglish{
    .language = "en",
    .title = "Write to {}",
    .we = "Hello.",
    .quoted = "“{}”",
    .here = "{} is here.",
    .with_someone = "{} is with somebody right now, and reads this after that.",
    .beat = "{} is taking a beat.",
    .nobody_here = "Nobody is here right now.",
    .until = "Somebody answers until {}.",
    .from = "We are back on {}.",
    .by_our_hours = "By our hours somebody answers until {}.",
    .at_any_time = "By our hours somebody answers at any time.",
    .hours = "When we are here",
    .span = "{from} to {until}",
    .closed = "closed",
    .clock_of = "Times as the clock says in {}",
    .write_anyway = "Write now; your words are kept, and somebody answers by name.",
    .talk = "Our conversation",
    .you = "You",
    .notice = "Notice",
    .taken_back = "Taken back.",
    .edited = "changed",
    .your_words = "Your words",
    .files = "Files, if you like",
    .send = "Send",
    .look_again = "See whether somebody answered",
    .kept = "Your words are kept. You can close this page and come back to it.",
    .older = "What we said before",
    .sample = "This is a sample: nobody here is real, and nothing leaves this machine.",
    .nothing_written = "There are no words yet. Write a line, and send it again.",
    .too_long = "That is more than one message can hold. Your words are below; send them in two parts.",
    .file_refused = "A file was too large or did not arrive whole. Your words are below; send them again.",
    .try_again = "We could not keep that just now. Your words are below; please send them again.",
    .no_door = "Nobody opens here yet",
    .no_door_detail = "The address may be old, or the house may just be moving in. Please come back a little later.",
    .other_door = "Write to us here",
    .days = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    .months = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
               "November", "December"},
    .date = "{number} {month}",
    .moment = "{day} {number} {month}, {clock}",
};

constexpr HelloWords kGerman{
    .language = "de",
    .title = "Schreiben Sie {}",
    .we = "Guten Tag.",
    .quoted = "„{}“",
    .here = "{} ist da.",
    .with_someone = "{} ist gerade im Gespräch und liest das danach.",
    .beat = "{} holt kurz Luft.",
    .nobody_here = "Gerade ist niemand da.",
    .until = "Bis {} antwortet jemand.",
    .from = "Wir sind am {} wieder da.",
    .by_our_hours = "Nach unseren Zeiten antwortet jemand bis {}.",
    .at_any_time = "Nach unseren Zeiten antwortet jederzeit jemand.",
    .hours = "Wann wir da sind",
    .span = "{from} bis {until}",
    .closed = "geschlossen",
    .clock_of = "Uhrzeiten in {}",
    .write_anyway = "Schreiben Sie jetzt; Ihre Worte bleiben hier, und jemand antwortet mit Namen.",
    .talk = "Unser Gespräch",
    .you = "Sie",
    .notice = "Hinweis",
    .taken_back = "Zurückgenommen.",
    .edited = "geändert",
    .your_words = "Ihre Worte",
    .files = "Dateien, wenn Sie mögen",
    .send = "Senden",
    .look_again = "Sehen, ob jemand geantwortet hat",
    .kept = "Ihre Worte sind gut aufgehoben. Sie können diese Seite schließen und wiederkommen.",
    .older = "Was wir vorher sagten",
    .sample = "Das ist ein Beispiel: Hier ist niemand echt, und nichts verlässt diesen Rechner.",
    .nothing_written = "Noch steht hier nichts. Schreiben Sie eine Zeile und senden Sie noch einmal.",
    .too_long = "Das ist mehr, als in eine Nachricht passt. Ihre Worte stehen unten; senden Sie sie in zwei Teilen.",
    .file_refused =
        "Eine Datei war zu groß oder kam nicht ganz an. Ihre Worte stehen unten; senden Sie sie noch einmal.",
    .try_again = "Das konnten wir gerade nicht festhalten. Ihre Worte stehen unten; bitte senden Sie sie noch einmal.",
    .no_door = "Hier macht noch niemand auf",
    .no_door_detail =
        "Die Adresse ist vielleicht alt, oder das Haus zieht gerade ein. Bitte kommen Sie etwas später wieder.",
    .other_door = "Schreiben Sie uns hier",
    .days = {"Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"},
    .months = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
               "November", "Dezember"},
    .date = "{number}. {month}",
    .moment = "{day}, {number}. {month}, {clock} Uhr",
};

}  // namespace

const HelloWords& words_in(PageLanguage language) {
  return language == PageLanguage::german ? kGerman : kEnglish;
}

}  // namespace kith::http
