// Erasing the invented people, in memory.
#include <set>

#include "storage/memory/rooms.h"

namespace kith::memory {

namespace {

template <class Key, class Value, class Wanted>
std::vector<Value> take_where(Journal& journal, Table<Key, Value>& table, Wanted wanted) {
  std::vector<Key> keys;
  std::vector<Value> taken;
  for (const auto& [key, row] : table.rows()) {
    if (!wanted(row.value)) continue;
    keys.push_back(key);
    taken.push_back(row.value);
  }
  for (const Key& key : keys) table.erase(journal, key);
  return taken;
}

// One erasing: what is invented, and everything that goes with it.
class SampleEraser : Room {
 public:
  SampleEraser(State& s, Journal& j) : Room{s, j} {
    for (const auto& [id, row] : state.people.rows())
      if (row.value.is_sample) leaving_.insert(id);
    people_ = leaving_;
    keep_those_who_answered_real_people();
    for (const auto& [id, row] : state.conversations.rows())
      if (people_.contains(row.value.person)) strands_.insert(id);
    for (const auto& [id, row] : state.teams.rows())
      if (row.value.is_sample) teams_.insert(id);
    for (const auto& [id, row] : state.inboxes.rows())
      if (row.value.is_sample) inboxes_.insert(id);
  }

  std::int64_t erase() {
    if (leaving_.empty() && teams_.empty() && inboxes_.empty()) return 0;
    erase_entries();
    erase_things_of_conversations();
    erase_desk();
    erase_doors();
    erase_identities();
    erase_merges();
    erase_conversations();
    erase_house();
    erase_people();
    erase_changes();
    begin_chain_anew();
    return static_cast<std::int64_t>(people_.size());
  }

 private:
  [[nodiscard]] bool is_sample(const std::optional<TeamId>& team) const { return team && teams_.contains(*team); }

  // They stay as a name that can no longer come in: their words belong to the real person's memory.
  void keep_those_who_answered_real_people() {
    const auto is_real = [&](ConversationId strand) {
      return !leaving_.contains(state.conversations.find(strand)->person);
    };
    for (const auto& [id, row] : state.entries.rows())
      if (row.value.author.person && is_real(row.value.strand)) people_.erase(*row.value.author.person);
    for (const auto& [id, row] : state.attachments.rows())
      if (is_real(row.value.strand)) people_.erase(row.value.by);
  }

  void erase_entries() {
    for (const Entry& entry :
         take_where(journal, state.entries, [&](const Entry& e) { return strands_.contains(e.strand); })) {
      gone_.insert({ChangeKind::entry, entry.id.bytes});
      state.entry_by_seq.erase(journal, entry.seq);
      state.entry_by_strand.erase(journal, {entry.strand, entry.seq});
      for (std::uint32_t number = 1; number <= entry.version; ++number) {
        const EntryVersion version = *state.versions.find({entry.id, number});
        state.versions.erase(journal, {entry.id, number});
        state.versions_by_seq.erase(journal, version.seq);
        state.acts.erase(journal, version.act);
      }
    }
  }

  void erase_things_of_conversations() {
    for (const Topic& topic :
         take_where(journal, state.topics, [&](const Topic& t) { return strands_.contains(t.strand); })) {
      gone_.insert({ChangeKind::topic, topic.id.bytes});
      state.topics_of.remove(journal, topic.strand, topic.id);
    }
    auto note_goes = [&](const Note& n) { return people_.contains(n.about) || people_.contains(n.author); };
    for (const Note& note : take_where(journal, state.notes, note_goes)) {
      gone_.insert({ChangeKind::note, note.id.bytes});
      state.notes_about.remove(journal, note.about, note.id);
      forget_mentions(note.id);
    }
    for (const PersonId person : people_) forget_mentions_of(person);
    auto promise_goes = [&](const Promise& p) {
      return strands_.contains(p.strand) || people_.contains(p.to) || people_.contains(p.by);
    };
    for (const Promise& promise : take_where(journal, state.promises, promise_goes)) {
      gone_.insert({ChangeKind::promise, promise.id.bytes});
      state.promises_of.remove(journal, promise.strand, promise.id);
    }
    take_where(journal, state.asks, [&](const Ask& ask) { return strands_.contains(ask.strand); });
    take_where(journal, state.attachments, [&](const Attachment& a) { return strands_.contains(a.strand); });
  }

  void forget_mentions(NoteId note) {
    forget_mentions_where([&](PersonId, NoteId id) { return id == note; });
  }
  void forget_mentions_of(PersonId person) {
    forget_mentions_where([&](PersonId id, NoteId) { return id == person; });
  }
  template <class Goes>
  void forget_mentions_where(Goes goes) {
    std::vector<std::pair<std::pair<PersonId, Seq>, NoteId>> going;
    for (const auto& [key, nothing] : state.mentions.rows())
      if (goes(key.first.first, key.second)) going.push_back(key);
    for (const auto& [looked, note] : going) state.mentions.remove(journal, looked, note);
  }

  void erase_desk() {
    // What only she who leaves ever saw goes, also where her words stay.
    const auto is_gone = [&](ConversationId strand, PersonId person) {
      return strands_.contains(strand) || leaving_.contains(person);
    };
    for (const ReadMark& mark : take_where(journal, state.read_marks, [&](const ReadMark& m) {
           return is_gone(m.strand, m.person.value_or(PersonId{}));
         })) {
      gone_.insert({ChangeKind::read_mark, mark.id.bytes});
      state.read_mark_of.erase(journal, {mark.strand, mark.by, mark.person.value_or(PersonId{})});
    }
    take_where(journal, state.companions,
               [&](const Companion& c) { return strands_.contains(c.strand) || people_.contains(c.person); });
    for (const Draft& draft :
         take_where(journal, state.drafts, [&](const Draft& d) { return is_gone(d.strand, d.author); })) {
      gone_.insert({ChangeKind::draft, draft.id.bytes});
      state.draft_of.erase(journal, {draft.strand, draft.author});
    }
    for (const Scheduled& one :
         take_where(journal, state.scheduled, [&](const Scheduled& s) { return is_gone(s.strand, s.by); }))
      gone_.insert({ChangeKind::scheduled, one.id.bytes});
    for (const Later& later :
         take_where(journal, state.laters, [&](const Later& l) { return is_gone(l.strand, l.person); })) {
      gone_.insert({ChangeKind::later, later.id.bytes});
      state.later_of.erase(journal, {later.strand, later.person});
    }
    auto handover_goes = [&](const Handover& h) { return is_gone(h.strand, h.from) || leaving_.contains(h.to); };
    for (const Handover& handover : take_where(journal, state.handovers, handover_goes))
      gone_.insert({ChangeKind::handover, handover.id.bytes});
  }

  void erase_doors() {
    auto account_goes = [&](const Account& account) { return leaving_.contains(account.person); };
    for (const Account& account : take_where(journal, state.accounts, account_goes))
      state.account_by_email.erase(journal, account.email);
    for (PersonId id : leaving_)
      if (state.preferences.contains(id)) state.preferences.erase(journal, id);
    auto session_goes = [&](const Session& session) {
      return leaving_.contains(session.person) || (session.inbox && inboxes_.contains(*session.inbox));
    };
    for (const Session& session : take_where(journal, state.sessions, session_goes)) {
      state.session_by_digest.erase(journal, session.token_digest);
      state.sessions_of.remove(journal, session.person, session.id);
    }
    auto token_goes = [&](const ApiToken& token) { return leaving_.contains(token.created_by); };
    for (const ApiToken& token : take_where(journal, state.tokens, token_goes))
      state.token_by_digest.erase(journal, token.token_digest);
    auto invitation_goes = [&](const Invitation& i) { return leaving_.contains(i.invited_by) || is_sample(i.team); };
    for (const Invitation& invitation : take_where(journal, state.invitations, invitation_goes))
      state.invitation_by_digest.erase(journal, invitation.token_digest);
  }

  void erase_identities() {
    auto link_goes = [&](const IdentityLink& link) { return people_.contains(link.person); };
    for (const IdentityLink& link : take_where(journal, state.links, link_goes)) {
      state.identities_of.remove(journal, link.person, link.identity);
      const auto next = state.links.rows().lower_bound({link.identity, PersonId{}});
      if (next != state.links.rows().end() && next->first.first == link.identity) continue;
      const Identity identity = *state.identities.find(link.identity);
      state.identities.erase(journal, identity.id);
      if (identity.state != IdentityState::retired)
        state.identity_by_value.erase(journal, {identity.kind, identity.value});
    }
  }

  void erase_merges() {
    auto merge_goes = [&](const Merge& m) { return people_.contains(m.from) || people_.contains(m.into); };
    for (const Merge& merge : take_where(journal, state.merges, merge_goes))
      for (PersonId person : {merge.from, merge.into}) state.merges_of.remove(journal, person, merge.id);
    std::vector<Person> freed;
    for (const auto& [id, row] : state.people.rows())
      if (row.value.merged_into && (people_.contains(id) || people_.contains(*row.value.merged_into)))
        freed.push_back(row.value);
    for (Person& person : freed) {
      state.merged.remove(journal, *person.merged_into, person.id);
      person.merged_into = std::nullopt;
      state.people.put(journal, person.id, person);
    }
  }

  void erase_conversations() {
    auto goes = [&](const Conversation& conversation) { return strands_.contains(conversation.id); };
    for (const Conversation& conversation : take_where(journal, state.conversations, goes)) {
      gone_.insert({ChangeKind::conversation, conversation.id.bytes});
      state.conversation_of.erase(journal, conversation.person);
      if (conversation.paused_until) state.paused.remove(journal, *conversation.paused_until, conversation.id);
      if (conversation.waiting_since) state.waiting.remove(journal, *conversation.waiting_since, conversation.id);
      state.by_last_entry.remove(journal, conversation.last_entry, conversation.id);
    }
  }

  void erase_house() {
    auto role_goes = [&](const Role& role) { return leaving_.contains(role.person) || is_sample(role.team); };
    for (const Role& role : take_where(journal, state.roles, role_goes))
      state.roles_of.remove(journal, role.person, role.id);
    for (InboxId id : inboxes_) state.inboxes.erase(journal, id);
    std::vector<Inbox> without_team;
    for (const auto& [id, row] : state.inboxes.rows())
      if (is_sample(row.value.team)) without_team.push_back(row.value);
    for (Inbox& inbox : without_team) {
      inbox.team = std::nullopt;
      state.inboxes.put(journal, inbox.id, inbox);
    }
    for (TeamId id : teams_) state.teams.erase(journal, id);
  }

  void erase_people() {
    take_where(journal, state.faces, [&](const Face& face) { return people_.contains(face.person); });
    for (PersonId id : people_) {
      gone_.insert({ChangeKind::person, id.bytes});
      gone_.insert({ChangeKind::colleague, id.bytes});
      state.people.erase(journal, id);
    }
  }

  void erase_changes() {
    std::vector<std::pair<ChangeKey, Seq>> keys;
    for (const auto& [key, row] : state.changes.rows())
      if (gone_.contains(key) || (row.value.scope && strands_.contains(*row.value.scope)))
        keys.emplace_back(key, row.value.seq);
    for (const auto& [key, seq] : keys) {
      state.changes.erase(journal, key);
      state.change_by_seq.erase(journal, seq);
    }
  }

  void begin_chain_anew() {
    journal.note([this_state = &state, before = state.seals] { this_state->seals = before; });
    state.seals.clear();
  }

  std::set<PersonId> leaving_;  // everybody invented
  std::set<PersonId> people_;   // those of them who go without a trace
  std::set<ConversationId> strands_;
  std::set<TeamId> teams_;
  std::set<InboxId> inboxes_;
  std::set<ChangeKey> gone_;
};

}  // namespace

std::int64_t erase_sample(State& state, Journal& journal) {
  return SampleEraser(state, journal).erase();
}

}  // namespace kith::memory
