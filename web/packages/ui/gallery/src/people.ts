// Made-up people for the gallery.
export const ingrid = { id: 'ingrid-1', name: 'Ingrid Lindqvist' };
export const tomas = { id: 'tomas-2', name: 'Tomáš Novák' };
export const hana = { id: 'hana-3', name: 'Hana Ito' };
export const leo = { id: 'leo-4', name: 'Leo Okafor' };
export const noor = { id: 'noor-5', name: 'Noor Haddad' };
export const mira = { id: 'mira-9', name: 'Mira' };
export const jonas = { id: 'jonas-2', name: 'Jonas' };
export const amara = { id: 'amara', name: 'Amara' };
export const priya = { id: 'priya', name: 'Priya' };
// A name that would turn the words around it, if we let it.
export const turned = { id: 'x', name: '\u202Egnol yrev a si siht dna txet lanoitceridib dna emaN egnartS A' };
export const everybody = [ingrid, tomas, hana, leo, noor, mira, jonas, amara, priya];

// A picture without a file: the lamp of the story, drawn on a canvas.
export function lamp_picture(): string {
  const canvas = document.createElement('canvas');
  canvas.width = 344;
  canvas.height = 232;
  const pen = canvas.getContext('2d');
  if (!pen) return '';
  pen.fillStyle = '#E7D3BC';
  pen.fillRect(0, 0, 344, 232);
  pen.fillStyle = '#B98D63';
  pen.fillRect(0, 160, 344, 72);
  pen.fillStyle = '#F6E9D2';
  const shade = new Path2D('M126 162 150 68h54l28 58-24 8-6 28z');
  pen.fill(shade);
  return canvas.toDataURL('image/webp');
}
