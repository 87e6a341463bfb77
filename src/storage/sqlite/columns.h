// The select lists that several nouns share, and how their rows are read. Literals, so that each statement stays one.
#pragma once

#include "domain/entry.h"
#include "domain/person.h"
#include "storage/sqlite/row.h"

// Of a row `p` of persons.
#define KITH_PERSON_COLUMNS \
  R"sql(p.public_id, p.called, p.languages, p.access_needs,
        (select target.public_id from persons target where target.id = p.merged_into_id), p.is_sample, p.created_at, p.face)sql"

// Entries in their newest version, with `e` for the entry. The condition and the order follow.
#define KITH_SELECT_ENTRY \
  R"sql(select e.seq, e.public_id, c.public_id, e.kind, e.channel, e.author_kind, p.public_id,
               s.session_public_id, m.label, coalesce(v.text, e.text), e.attachment_count, e.written_at,
               coalesce(v.version, 1), coalesce(v.seq, e.seq), coalesce(v.is_taken_back, 0)
        from entries e
        cross join conversations c on c.id = e.conversation_id
        left join persons p on p.id = e.person_id
        left join author_sessions s on s.id = e.author_session_id
        left join machine_labels m on m.id = e.machine_label_id
        left join entry_versions v on v.seq = (select max(seq) from entry_versions where entry_seq = e.seq)
        )sql"

namespace kith::sqlite {

Person read_person(Row& row);
// Attachments are left as that many nil ids, to be filled in.
Entry read_entry(Row& row);

}  // namespace kith::sqlite
