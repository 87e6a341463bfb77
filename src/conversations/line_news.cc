#include "conversations/line_news.h"

#include <algorithm>
#include <utility>

#include "base/mutant.h"
#include "conversations/read_conversation.h"
#include "conversations/thread_access.h"
#include "people/if_found.h"
#include "people/may.h"

namespace kith {
namespace {

void miss(LineStory& story, const Error& why) {
  if (!story.missed) story.missed = why;
}

void add_waits(const Snapshot* snapshot, const Conversation& own, std::span<const ConversationId> strands,
               LineStory& story) {
  Result<std::vector<PersonId>> companions;
  if (snapshot) companions = snapshot->companions().of_strands(strands, kMostCompanions);
  if (!companions) miss(story, companions.error());
  story.news.emplace_back(Waits{own.id, own.waiting_since, own.paused_until.has_value(),
                                std::move(companions).value_or(std::vector<PersonId>{})});
}

// On the board already, and not taken from it by what stands in `news`.
bool is_known(ConversationId conversation, const LineKnowledge& board, std::span<const LineNews> news) {
  const auto ends = [&](const LineNews& one) {
    const auto* waits = std::get_if<Waits>(&one);
    return waits && waits->conversation == conversation && !waits->since;
  };
  return board.knows(conversation) && std::ranges::none_of(news, ends);
}

// A merge shows in what is announced: of whom it is told elsewhere says so, and whose story has more strands holds
// those.
void add_thread(const Snapshot* snapshot, const ConversationChanged& change, const LineKnowledge& board,
                LineStory& story) {
  const Conversation& own = change.thread.own;
  if (is_mutant("line_forgotten") && own.id.bytes.back() % 3 == 0) return;
  if (change.person.merged_into)
    story.news.emplace_back(ToldElsewhere{own.id});
  else if (!own.waiting_since || is_known(own.id, board, story.news))
    story.news.emplace_back(Waits{own.id, own.waiting_since, own.paused_until.has_value()});
  else
    add_waits(snapshot, own, change.thread.strands, story);
}

void add_those_who_are_gone(const Snapshot* snapshot, const LineKnowledge& board, LineStory& story) {
  if (!snapshot) return;
  for (const ConversationId conversation : board.on_board()) {
    const auto there = if_found(snapshot->conversations().find(conversation));
    if (!there) miss(story, there.error());
    if (there && !*there) story.news.emplace_back(ToldElsewhere{conversation});
  }
}

bool concerns(const Event& event) {
  const auto* handover = std::get_if<HandoverChanged>(&event.body);
  return std::holds_alternative<ConversationChanged>(event.body) ||
         std::holds_alternative<CompanionsChanged>(event.body) || std::holds_alternative<SettingsChanged>(event.body) ||
         (handover && handover->handover.state == HandoverState::accepted);
}

}  // namespace

Result<LineStory> everybody_who_waits(const Snapshot& snapshot) {
  LineStory story;
  if (is_mutant("line_not_rebuilt")) return story;
  std::optional<Place<ConversationId>> after;
  while (true) {
    KITH_TRY(const auto rows, snapshot.conversations().waiting(after, kLongestPage));
    for (const ConversationRow& row : rows) add_waits(&snapshot, row.conversation, row.strands, story);
    if (rows.size() < kLongestPage) return story;
    const Conversation& last = rows.back().conversation;
    after = Place{last.waiting_since.value_or(kAfterAll), last.id};
  }
}

bool concerns_line(std::span<const Event> events) {
  return std::ranges::any_of(events, concerns);
}

LineStory line_news(const Snapshot* snapshot, std::span<const Event> events, const LineKnowledge& board) {
  LineStory story;
  for (const Event& event : events) {
    if (const auto* change = std::get_if<ConversationChanged>(&event.body)) add_thread(snapshot, *change, board, story);
    if (const auto* change = std::get_if<CompanionsChanged>(&event.body); change && event.conversation)
      story.news.emplace_back(GoAlong{*event.conversation, change->companions});
    if (const auto* change = std::get_if<HandoverChanged>(&event.body); change && event.conversation)
      if (change->handover.state == HandoverState::accepted)
        story.news.emplace_back(GoesOn{*event.conversation, change->handover.to});
    // The sample is erased with everybody in it, and the settings of the house are announced after it.
    if (std::holds_alternative<SettingsChanged>(event.body)) add_those_who_are_gone(snapshot, board, story);
  }
  return story;
}

Result<Thread> thread_in_line(const Snapshot& snapshot, const Actor& actor, ConversationId conversation) {
  KITH_CHECK(may(actor, Verb::change, touched::OwnDesk{actor.person}));
  return thread_for(snapshot, actor, conversation);
}

}  // namespace kith
