// Readers and writers of what a desk keeps in mind, over the tables in memory.
#pragma once

#include "storage/memory/rooms.h"

namespace kith::memory {

class ReadMarkRoom : public ReadMarkWriter, Room {
 public:
  ReadMarkRoom(State& s, Journal& j) : Room{s, j} {}
  Result<ReadMark> find(ReadMarkId id) const override;
  Result<std::vector<ReadMark>> of_strands(std::span<const ConversationId> strands, ReadBy by,
                                           std::optional<PersonId> person) const override;
  Result<void> add(const ReadMark& mark) override;
  Result<void> save(const ReadMark& mark) override;
};

class CompanionRoom : public CompanionWriter, Room {
 public:
  CompanionRoom(State& s, Journal& j) : Room{s, j} {}
  Result<std::vector<PersonId>> of_strands(std::span<const ConversationId> strands, std::size_t limit) const override;
  Result<void> save(const Companion& companion) override;
};

class DraftRoom : public DraftWriter, Room {
 public:
  DraftRoom(State& s, Journal& j) : Room{s, j} {}
  Result<Draft> find(DraftId id) const override;
  Result<std::vector<Draft>> of_strands(std::span<const ConversationId> strands, PersonId author) const override;
  Result<std::vector<Draft>> of_author(PersonId author, std::size_t limit) const override;
  Result<void> add(const Draft& draft) override;
  Result<void> save(const Draft& draft) override;
};

class ScheduledRoom : public ScheduledWriter, Room {
 public:
  ScheduledRoom(State& s, Journal& j) : Room{s, j} {}
  Result<Scheduled> find(EntryId id) const override;
  Result<std::vector<Scheduled>> open_of(PersonId by, std::size_t limit) const override;
  Result<std::vector<Scheduled>> due(Time now, std::size_t limit) const override;
  Result<void> add(const Scheduled& scheduled) override;
  Result<void> save(const Scheduled& scheduled) override;
};

class LaterRoom : public LaterWriter, Room {
 public:
  LaterRoom(State& s, Journal& j) : Room{s, j} {}
  Result<Later> find(LaterId id) const override;
  Result<std::vector<Later>> of_strands(std::span<const ConversationId> strands, PersonId person) const override;
  Result<std::vector<Later>> set_in(std::span<const ConversationId> strands) const override;
  Result<std::vector<Later>> set_by(PersonId person, std::optional<Place<LaterId>> after,
                                    std::size_t limit) const override;
  Result<std::vector<Later>> due(Time now, std::size_t limit) const override;
  Result<void> add(const Later& later) override;
  Result<void> save(const Later& later) override;
};

class HandoverRoom : public HandoverWriter, Room {
 public:
  HandoverRoom(State& s, Journal& j) : Room{s, j} {}
  Result<Handover> find(HandoverId id) const override;
  Result<std::vector<Handover>> of_strands(std::span<const ConversationId> strands, std::size_t limit) const override;
  Result<std::vector<Handover>> open_with(PersonId person, std::size_t limit) const override;
  Result<void> add(const Handover& handover) override;
  Result<void> save(const Handover& handover) override;
};

}  // namespace kith::memory
