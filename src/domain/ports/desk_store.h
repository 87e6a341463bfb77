// What a desk keeps in mind, as the use cases see it: read marks, companions, drafts, what is sent later, who comes
// back later, handovers. Part of ports/store.h.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/companion.h"
#include "domain/draft.h"
#include "domain/handover.h"
#include "domain/ids.h"
#include "domain/later.h"
#include "domain/read_mark.h"
#include "domain/scheduled.h"

namespace kith {

class ReadMarkReader {
 public:
  virtual ~ReadMarkReader() = default;
  virtual Result<ReadMark> find(ReadMarkId id) const = 0;
  // At most one for each strand, in the order of `strands`; `person` with ReadBy::colleague only.
  virtual Result<std::vector<ReadMark>> of_strands(std::span<const ConversationId> strands, ReadBy by,
                                                   std::optional<PersonId> person) const = 0;
};
class ReadMarkWriter : public ReadMarkReader {
 public:
  virtual Result<void> add(const ReadMark& mark) = 0;   // conflict when strand, reader and person have one
  virtual Result<void> save(const ReadMark& mark) = 0;  // its seq
};

class CompanionReader {
 public:
  virtual ~CompanionReader() = default;
  // The latest first over all strands, each person once.
  virtual Result<std::vector<PersonId>> of_strands(std::span<const ConversationId> strands,
                                                   std::size_t limit) const = 0;
};
class CompanionWriter : public CompanionReader {
 public:
  virtual Result<void> save(const Companion& companion) = 0;  // adds, or moves her to this seq
};

class DraftReader {
 public:
  virtual ~DraftReader() = default;
  virtual Result<Draft> find(DraftId id) const = 0;
  // Of this author, newest change first, empty ones too.
  virtual Result<std::vector<Draft>> of_strands(std::span<const ConversationId> strands, PersonId author) const = 0;
  // Newest change first, without the empty ones.
  virtual Result<std::vector<Draft>> of_author(PersonId author, std::size_t limit) const = 0;
};
class DraftWriter : public DraftReader {
 public:
  virtual Result<void> add(const Draft& draft) = 0;  // conflict when strand and author have one
  virtual Result<void> save(const Draft& draft) = 0;
};

class ScheduledReader {
 public:
  virtual ~ScheduledReader() = default;
  virtual Result<Scheduled> find(EntryId id) const = 0;
  virtual Result<std::vector<Scheduled>> open_of(PersonId by, std::size_t limit) const = 0;  // soonest first
  // Waiting and to be sent at or before `now`, soonest first.
  virtual Result<std::vector<Scheduled>> due(Time now, std::size_t limit) const = 0;
};
class ScheduledWriter : public ScheduledReader {
 public:
  virtual Result<void> add(const Scheduled& scheduled) = 0;  // conflict when the id exists
  virtual Result<void> save(const Scheduled& scheduled) = 0;
};

class LaterReader {
 public:
  virtual ~LaterReader() = default;
  virtual Result<Later> find(LaterId id) const = 0;
  // Of this person, newest change first, those that are over too.
  virtual Result<std::vector<Later>> of_strands(std::span<const ConversationId> strands, PersonId person) const = 0;
  // Everybody's that are set, oldest change first.
  virtual Result<std::vector<Later>> set_in(std::span<const ConversationId> strands) const = 0;
  // Set by this person, soonest first (then by id), those without a time last; only those behind `after`.
  virtual Result<std::vector<Later>> set_by(PersonId person, std::optional<Place<LaterId>> after,
                                            std::size_t limit) const = 0;
  // Set, and their time has come at `now`; soonest first.
  virtual Result<std::vector<Later>> due(Time now, std::size_t limit) const = 0;
};
class LaterWriter : public LaterReader {
 public:
  virtual Result<void> add(const Later& later) = 0;  // conflict when strand and person have one
  virtual Result<void> save(const Later& later) = 0;
};

class HandoverReader {
 public:
  virtual ~HandoverReader() = default;
  virtual Result<Handover> find(HandoverId id) const = 0;
  virtual Result<std::vector<Handover>> of_strands(std::span<const ConversationId> strands,
                                                   std::size_t limit) const = 0;  // latest offer first
  // Offered, from or to this person, latest offer first.
  virtual Result<std::vector<Handover>> open_with(PersonId person, std::size_t limit) const = 0;
};
class HandoverWriter : public HandoverReader {
 public:
  virtual Result<void> add(const Handover& handover) = 0;  // conflict when the id exists
  virtual Result<void> save(const Handover& handover) = 0;
};

}  // namespace kith
