// SPDX-License-Identifier: MIT

/** What is said of files, in English. The file of another language has the same words under `files`. `{}` is a size, in `most` a number. */
const words = {
  attach: 'Attach files',
  checking: 'Being checked…',
  uploaded: 'Uploaded',
  waiting: 'Waiting for the files…',
  most: 'At most {} files in a message.',
  tooLarge: 'Too large. The limit is {}.',
  type: 'This kind of file can’t be sent.',
  image: 'This picture is damaged.',
  infected: 'A virus was found in it.',
  unreadable: 'This file is empty or can’t be read.',
  off: 'Files can’t be sent here.',
  gone: 'This file is no longer available.',
};

export type FilesWords = typeof words;
export default words;
