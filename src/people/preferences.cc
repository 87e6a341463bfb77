#include "people/preferences.h"

#include "people/may.h"
#include "people/text_rules.h"

namespace kith {

Result<Preferences> view_preferences(const Snapshot& snapshot, const Actor& actor) {
  KITH_CHECK(may(actor, Verb::read, touched::Account{actor.person}));
  return snapshot.access().preferences(actor.person);
}

Result<Preferences> keep_preferences(Tx& tx, const Actor& actor, const Preferences& wanted) {
  KITH_CHECK(may(actor, Verb::change, touched::Account{actor.person}));
  if (wanted.quiet_from.has_value() != wanted.quiet_until.has_value())
    return invalid("quiet_from", "quiet hours have a beginning and an end, or neither");
  // "de" or nothing.
  if (!wanted.locale.empty()) KITH_CHECK(read_languages("locale", {wanted.locale}));
  KITH_CHECK(tx.access().save_preferences(actor.person, wanted));
  return wanted;
}

}  // namespace kith
