// A face for the house: square, small, and without what a camera writes into its files.
const side = 384;

export async function small_picture(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  const cut = Math.min(picture.width, picture.height);
  const canvas = new OffscreenCanvas(side, side);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser cannot draw');
  // A face is rather in the upper part of a tall picture.
  const top = picture.height > picture.width ? (picture.height - cut) / 3 : 0;
  pen.drawImage(picture, (picture.width - cut) / 2, top, cut, cut, 0, 0, side, side);
  picture.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.88 });
}
