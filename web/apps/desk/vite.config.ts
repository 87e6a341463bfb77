import { mergeConfig } from 'vite';
import { service_worker } from '../../packages/sw/src/plugin.ts';
import { page_app } from '../../vite.shared.ts';

export default mergeConfig(page_app(), { plugins: [service_worker()], server: { port: 5174 } });
