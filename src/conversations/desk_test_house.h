// For tests: a customer, colleagues and her conversation, and the words that tests about the desk are written in.
#pragma once

#include <limits>

#include "conversations/catch_up.h"
#include "conversations/may_see.h"
#include "conversations/read_conversation.h"
#include "conversations/write_message.h"
#include "people/merge_people.h"
#include "people/test_house.h"

namespace kith {

class DeskTest : public TestHouse {
 protected:
  void SetUp() override {
    anna = given_visitor();
    mara = given_colleague("Mara");
    nils = given_colleague("Nils");
    conversation = thread_of(anna).own.id;
    events.clear();
  }

  Entry say(const Actor& actor, std::string text, std::optional<ConversationId> where = {}) {
    return must(act(
        write_message, actor,
        WriteMessage{.id = new_id<EntryId>(), .conversation = where.value_or(conversation), .text = std::move(text)}));
  }
  Merge join(const Actor& from, const Actor& into) {
    return must(act(merge_people, mara, MergePeople{new_id<MergeId>(), from.person, into.person, "the same"})).merge;
  }
  void take_apart(const Merge& merge) { must(act(undo_merge, mara, UndoMerge{merge.id})); }

  ConversationView view(const Actor& actor, std::optional<ConversationId> where = {}) {
    return must(look([&](const Snapshot& now) { return view_conversation(now, actor, where); }));
  }
  // What this actor hears of everything since `after`, by its newest state.
  std::vector<Event> caught_up(const Actor& actor, Seq after) {
    return must(look([&](const Snapshot& now) {
             return catch_up(now, actor, {.after = after, .limit = 500}, clock.now());
           }))
        .events;
  }
  Seq newest() {
    return must(look([](const Snapshot& now) { return now.changes().newest(); }));
  }
  // Of the events so far that hold a Body, those that this actor may see.
  template <class Body>
  std::vector<Body> seen_by(const Actor& actor) {
    return bodies<Body>(actor, events);
  }
  template <class Body>
  std::vector<Body> bodies(const Actor& actor, const std::vector<Event>& all) {
    std::optional<ConversationId> own;
    if (actor.kind == ActorKind::visitor) own = thread_of(actor).own.id;
    std::vector<Body> found;
    for (const Event& event : all)
      if (const auto* body = std::get_if<Body>(&event.body); body && may_see(actor, own, event)) found.push_back(*body);
    return found;
  }

  Actor anna, mara, nils;
  ConversationId conversation;
};

}  // namespace kith
