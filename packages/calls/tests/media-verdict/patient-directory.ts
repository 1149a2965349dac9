import type { AgentProfile } from '../../src/index.ts';
import { MemoryDirectory } from '../scene.ts';

/** Its agents offer a menu and wait for a key as long as a test lasts. */
export class PatientDirectory extends MemoryDirectory {
  override async findAgentProfile(orgId: string, agentId: string): Promise<AgentProfile> {
    const profile = await super.findAgentProfile(orgId, agentId);
    const menu = [{ title: 'opening hours', text: 'We are open all day.' }];
    return { ...profile, settings: { ...profile.settings, menu, silencePromptAfterMs: 600_000 } };
  }
}
