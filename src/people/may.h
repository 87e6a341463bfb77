// The one answer to "may she do that?". Every use case asks here and nowhere else, so that rights can be read in one
// table and tested row by row.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "base/result.h"
#include "domain/access.h"
#include "domain/entry.h"
#include "domain/ids.h"

namespace kith {

enum class Verb : std::uint8_t { read, add, change, take_back };

// What is touched. `owner` is always the person whose thread it is part of today (merges followed), so that an entry of
// any strand of a visitor's thread is hers.
// clang-format off
namespace touched {
struct Thread { PersonId owner; };                        // the conversation and what both sides read in it
struct Entry { PersonId owner; AuthorKind author_kind; std::optional<PersonId> author; };
struct Topic { PersonId owner; };
struct TopicState { PersonId owner; };                    // settling and reopening, which a customer's word can do
struct Promise { PersonId owner; };
struct Attachment { PersonId owner; PersonId by; };       // by: merges followed, too
struct Note { PersonId about; std::optional<PersonId> author; };
struct CustomersMark { PersonId owner; };                 // how far the customer has read
struct ColleaguesMark { PersonId reader; };               // how far a colleague has read: hers alone
struct TeamsMark { PersonId owner; };                     // how far somebody of the team has read: for the customer
struct Companions { PersonId owner; };
struct OwnDesk { PersonId person; };                      // drafts, what is sent or comes back later, mentions: hers alone
struct Handover { std::optional<PersonId> whose; };       // who may answer it: its receiver; who may take it back: its giver
struct Pause { PersonId owner; };
struct PersonCard { PersonId person; bool is_in_team; };  // name, languages, access needs
struct PersonStory { PersonId person; };                  // identities, roles, merges: what a desk reads about somebody
struct Identity { PersonId person; };
struct EveryConversation {};                              // lists, the line of those who wait, search
struct Merge {};
struct Account { PersonId person; };                      // password, second factor, hello line
struct Team {};                                           // who is in it, by name
struct TeamDoor { bool for_admin; };                      // inviting, roles, saying goodbye; for_admin: the admin role
struct ApiToken {};
struct Settings {};                                       // settings, teams, inboxes
struct Presence { PersonId person; };                     // what a colleague says of herself
struct Watch {};                                          // what time itself does: promises due, dates that have come
struct Sample {};
struct WholeStory { PersonId person; };                   // everything the house keeps of her, to take along
struct Backup {};                                         // a copy of the whole house
struct FrontDoor {};                                      // what the house says of itself to whoever stands before it
struct Face { PersonId person; bool is_the_teams; };      // her picture; the team shows theirs to everybody
struct EveryNote {};                                      // searching in what colleagues wrote down
}  // namespace touched
// clang-format on

using Touched =
    std::variant<touched::Thread, touched::Entry, touched::Topic, touched::TopicState, touched::Promise,
                 touched::Attachment, touched::Note, touched::CustomersMark, touched::ColleaguesMark,
                 touched::TeamsMark, touched::Companions, touched::OwnDesk, touched::Handover, touched::Pause,
                 touched::PersonCard, touched::PersonStory, touched::Identity, touched::EveryConversation,
                 touched::Merge, touched::Account, touched::Team, touched::TeamDoor, touched::ApiToken,
                 touched::Settings, touched::Presence, touched::Watch, touched::Sample, touched::WholeStory,
                 touched::Backup, touched::FrontDoor, touched::Face, touched::EveryNote>;

// Nothing when she may. Otherwise not_found (it is a stranger's: to her it does not exist), not_signed_in (nobody is
// known) or not_allowed (she knows of it, but it is not hers to do).
Result<void> may(const Actor& actor, Verb verb, const Touched& object);

}  // namespace kith
