/** Words of the map. */
export const map = {
  title: 'Map',
  intro:
    'The latent space of a thing, as a landscape: each place is a drawing, and neighbours are alike. Drag it, go closer, take a path.',
  heading: 'Map of {name}',
  surface: 'The landscape. Arrow keys go from drawing to drawing, plus and minus closer and farther, Enter opens.',
  spot: 'Drawing at {x, number, ::.00}, {y, number, ::.00}',
  controls: 'What is shown',
  change: 'Change',
  hint: 'Drag, zoom, open',
  waiting: 'The land is being surveyed',
  takePath: 'Path',
  from: 'Where shall the path begin?',
  to: 'And where shall it end?',
  path: 'Drawings along the path',
  station: 'Open drawing {number} of {count} on the path',
  leavePath: 'Leave the path',
  closer: 'Closer',
  farther: 'Farther',
};
