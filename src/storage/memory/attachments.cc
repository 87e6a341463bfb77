// Attachments and what must leave the house, in memory.
#include <algorithm>
#include <set>

#include "storage/memory/rooms.h"

namespace kith::memory {
namespace {

std::set<AttachmentId> said_in(const State& state) {
  std::set<AttachmentId> said;
  for (const auto& [id, row] : state.entries.rows())
    said.insert(row.value.attachments.begin(), row.value.attachments.end());
  return said;
}

std::set<AttachmentId> said_or_to_be_said(const State& state) {
  std::set<AttachmentId> held = said_in(state);
  for (const auto& [id, row] : state.drafts.rows())
    held.insert(row.value.attachments.begin(), row.value.attachments.end());
  for (const auto& [id, row] : state.scheduled.rows())
    if (row.value.is_open()) held.insert(row.value.attachments.begin(), row.value.attachments.end());
  return held;
}

}  // namespace

Result<Attachment> AttachmentRoom::find(AttachmentId id) const {
  const Attachment* attachment = state.attachments.find(id);
  if (!attachment) return fail(Errc::not_found, "attachment");
  return *attachment;
}

Result<std::int64_t> AttachmentRoom::references(const Digest& content) const {
  return std::ranges::count_if(state.attachments.rows(), [&](const auto& row) {
    const Attachment& attachment = row.second.value;
    return attachment.state == AttachmentState::kept && attachment.content == content;
  });
}

Result<std::vector<Attachment>> AttachmentRoom::unfinished(Time older_than, std::size_t limit) const {
  std::vector<Attachment> found;
  for (const auto& [id, row] : state.attachments.rows())
    if (row.value.state == AttachmentState::uploading && row.value.created_at < older_than) found.push_back(row.value);
  std::ranges::sort(found, {},
                    [](const Attachment& attachment) { return std::pair(attachment.created_at, attachment.id); });
  if (found.size() > limit) found.resize(limit);
  return found;
}

Result<std::vector<AttachmentId>> AttachmentRoom::unsaid(Time older_than, std::size_t limit) const {
  const auto held = said_or_to_be_said(state);
  std::vector<AttachmentId> found;
  for (const auto& [id, row] : state.attachments.rows()) {
    const bool is_old = row.value.state == AttachmentState::kept && row.value.created_at < older_than;
    if (is_old && !held.contains(id) && found.size() < limit) found.push_back(id);
  }
  return found;
}

Result<std::vector<AttachmentId>> AttachmentRoom::unsaid_among(std::span<const AttachmentId> ids) const {
  const auto held = said_or_to_be_said(state);
  std::vector<AttachmentId> found;
  for (AttachmentId id : ids) {
    const Attachment* attachment = state.attachments.find(id);
    const bool is_kept = attachment && attachment->state == AttachmentState::kept;
    if (is_kept && !held.contains(id)) found.push_back(id);
  }
  return found;
}

Result<UnsaidFiles> AttachmentRoom::unsaid_by(PersonId by, Time since) const {
  const auto said = said_in(state);
  UnsaidFiles unsaid;
  for (const auto& [id, row] : state.attachments.rows()) {
    if (row.value.by != by || row.value.created_at < since || said.contains(id)) continue;
    ++unsaid.files;
    unsaid.bytes += row.value.size_bytes;
  }
  return unsaid;
}

Result<void> AttachmentRoom::add(const Attachment& attachment) {
  if (state.attachments.contains(attachment.id)) return fail(Errc::conflict, "attachment exists");
  if (!state.conversations.contains(attachment.strand)) return fail(Errc::not_found, "conversation of the attachment");
  if (!state.people.contains(attachment.by)) return fail(Errc::not_found, "person of the attachment");
  state.attachments.put(journal, attachment.id, attachment);
  return {};
}

Result<void> AttachmentRoom::save(const Attachment& attachment) {
  if (!state.attachments.contains(attachment.id)) return fail(Errc::not_found, "attachment");
  state.attachments.put(journal, attachment.id, attachment);
  return {};
}

Result<void> AttachmentRoom::remove(AttachmentId id) {
  if (!state.attachments.contains(id)) return fail(Errc::not_found, "attachment");
  state.attachments.erase(journal, id);
  return {};
}

void OutboxRoom::put(const OutboxItem& item) {
  if (const OutboxItem* before = state.outbox.find(item.id))
    state.outbox_due.remove(journal, before->next_attempt_at, item.id);
  state.outbox.put(journal, item.id, item);
  state.outbox_due.add(journal, item.next_attempt_at, item.id);
}

Result<void> OutboxRoom::add(const OutboxItem& item) {
  if (state.outbox.contains(item.id)) return fail(Errc::conflict, "outbox item exists");
  put(item);
  return {};
}

Result<std::vector<OutboxItem>> OutboxRoom::due(Time now, std::size_t limit) const {
  std::vector<OutboxItem> found;
  for (const auto& [key, nothing] : state.outbox_due.rows()) {
    if (key.first > now || found.size() == limit) break;
    found.push_back(*state.outbox.find(key.second));
  }
  return found;
}

Result<void> OutboxRoom::save(const OutboxItem& item) {
  if (!state.outbox.contains(item.id)) return fail(Errc::not_found, "outbox item");
  put(item);
  return {};
}

Result<void> OutboxRoom::remove(OutboxId id) {
  const OutboxItem* item = state.outbox.find(id);
  if (!item) return fail(Errc::not_found, "outbox item");
  state.outbox_due.remove(journal, item->next_attempt_at, id);
  state.outbox.erase(journal, id);
  return {};
}

}  // namespace kith::memory
