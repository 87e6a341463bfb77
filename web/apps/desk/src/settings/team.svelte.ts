// The team as those see it who look after it: roles, invitations that are still open.
import type { DeskHouse } from '@kith/store/desk';
import { must, new_id, type Id, type Schemas, type TeamMember } from '@kith/wire';

export type Invitation = Schemas['Invitation'];

export class TeamCare {
  members = $state.raw<readonly TeamMember[]>([]);
  invitations = $state.raw<readonly Invitation[]>([]);
  private readonly api: DeskHouse['api'];

  constructor(house: DeskHouse) {
    this.api = house.api;
  }

  async load(): Promise<void> {
    const [team, open] = await Promise.all([must(this.api.GET('/api/desk/colleagues')), must(this.api.GET('/api/desk/invitations'))]);
    this.members = team.colleagues;
    this.invitations = open.invitations;
  }

  async withdraw(id: Id): Promise<void> {
    await must(this.api.DELETE('/api/desk/invitations/{id}', { params: { path: { id } } }));
    this.invitations = this.invitations.filter((one) => one.id !== id);
  }

  async let_go(id: Id): Promise<void> {
    await must(this.api.POST('/api/desk/colleagues/{id}/end', { params: { path: { id } } }));
    this.members = this.members.filter((one) => one.person.id !== id);
  }

  async give(person: Id, kind: 'leader' | 'admin'): Promise<void> {
    await must(
      this.api.POST('/api/desk/people/{id}/roles', { params: { path: { id: person } }, body: { id: new_id(), kind, team: null } }),
    );
    await this.load();
  }

  async end(person: Id, role: Id): Promise<void> {
    await must(this.api.POST('/api/desk/people/{id}/roles/{role}/end', { params: { path: { id: person, role } } }));
    await this.load();
  }
}
