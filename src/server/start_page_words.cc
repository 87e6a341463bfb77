#include "server/start_page_words.h"

namespace kith {
namespace {

constexpr StartPageWords kEnglish{
    .language = "en",
    .running = "Kith is running.",
    .title = "Kith is running",
    .at_home = "at home",
    .one_conversation = "One conversation with every person, for as long as you know each other. Nobody is a number.",
    .doors = "Doors",
    .visitor = "Be a visitor",
    .visitor_detail = "A small lamp shop, and somebody to write to. Open it in one window.",
    .hello = "Say hello",
    .hello_detail = "Write to us as you would to a friend. Somebody answers, by name.",
    .team = "Be the team",
    .team_detail = "Answer from the other side, as an invented colleague. Open it in another window.",
    .team_by_hand = "Answer from the other side. How to sign in stands in the terminal where Kith was started.",
    .desk = "The desk",
    .desk_detail = "For those who answer here.",
    .make_it_yours = "Make it yours",
    .when_looked_around =
        "When you have looked around, make this house your own: name it, and take the first place in the team.",
    .nobody_yet = "Nobody works here yet. Name this house, and take the first place in the team.",
    .where_the_link_is =
        "The link to do so stands in the terminal where Kith was started, and works once. Or, without a browser:",
    .your_name = "Your name",
    .sample = "The sample team is here",
    .sample_detail =
        "Nobody you write to here is real, and nothing leaves this machine. When you are done, let the sample go: on "
        "the desk under Settings, or here. Your own people and conversations stay.",
    .looked_after = "For those who look after this house: {}, {}, {} and {}. Programs read {}.",
    .is_ready = "is it ready",
    .figures = "its figures",
};

constexpr StartPageWords kGerman{
    .language = "de",
    .running = "Kith läuft.",
    .title = "Kith läuft",
    .at_home = "zu Hause",
    .one_conversation = "Ein Gespräch mit jedem Menschen, solange man einander kennt. Niemand ist eine Nummer.",
    .doors = "Türen",
    .visitor = "Zu Gast sein",
    .visitor_detail = "Ein kleiner Lampenladen, und jemand, der Ihre Worte liest. Öffnen Sie ihn in einem Fenster.",
    .hello = "Guten Tag sagen",
    .hello_detail = "Schreiben Sie uns wie guten Freunden. Jemand antwortet, mit Namen.",
    .team = "Im Team sein",
    .team_detail =
        "Antworten Sie von der anderen Seite, als jemand Erfundenes. Öffnen Sie es in einem zweiten Fenster.",
    .team_by_hand =
        "Antworten Sie von der anderen Seite. Wie Sie sich anmelden, steht im Terminal, in dem Kith gestartet wurde.",
    .desk = "Der Arbeitsplatz",
    .desk_detail = "Für alle, die hier antworten.",
    .make_it_yours = "Machen Sie es zu Ihrem Haus",
    .when_looked_around =
        "Wenn Sie sich umgesehen haben, geben Sie diesem Haus einen Namen und nehmen Sie den ersten Platz im Team ein.",
    .nobody_yet =
        "Noch arbeitet niemand hier. Geben Sie diesem Haus einen Namen und nehmen Sie den ersten Platz im Team ein.",
    .where_the_link_is =
        "Der Link dafür steht im Terminal, in dem Kith gestartet wurde, und gilt einmal. Oder, ohne Browser:",
    .your_name = "Ihr Name",
    .sample = "Das erfundene Team ist da",
    .sample_detail =
        "Niemand, dem Sie hier schreiben, ist echt, und nichts verlässt diesen Rechner. Wenn Sie genug gesehen haben, "
        "lassen Sie die erfundenen Menschen gehen: am Arbeitsplatz unter „Einstellungen“, oder hier. Ihre eigenen "
        "Menschen und Gespräche bleiben.",
    .looked_after = "Für alle, die sich um dieses Haus kümmern: {}, {}, {} und {}. Programme lesen {}.",
    .is_ready = "ist es bereit",
    .figures = "seine Zahlen",
};

}  // namespace

const StartPageWords& start_page_words(http::PageLanguage language) {
  return language == http::PageLanguage::german ? kGerman : kEnglish;
}

}  // namespace kith
