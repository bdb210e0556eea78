import { afterAll, beforeAll, describe } from 'vitest';
import { testClasses } from './classes.ts';
import { testDraw } from './draw.ts';
import { testFailures } from './failures.ts';
import { testGpu } from './gpu.ts';
import { testHostile } from './hostile.ts';
import { testMap } from './map.ts';
import { testMirror } from './mirror.ts';
import { testMorph } from './morph.ts';
import { testOffline } from './offline.ts';
import { testPages } from './pages.ts';
import { testShare } from './share.ts';
import { canVisit, type Gallery, openGallery } from './visit.ts';
import { testWall } from './wall.ts';

// One file, so that the gallery is built once and one browser visits it.
describe.skipIf(!canVisit)('the gallery', { timeout: 120_000 }, () => {
  let gallery: Gallery;
  beforeAll(async () => {
    gallery = await openGallery();
  }, 900_000);
  afterAll(() => gallery.close());

  const visit: Gallery['visit'] = (path, options) => gallery.visit(path, options);
  describe('every page', () => {
    testPages(visit);
  });
  describe('the wall', () => {
    testWall(visit);
  });
  describe('the morph', () => {
    testMorph(visit);
  });
  describe('the drawing pad', () => {
    testDraw(visit);
  });
  describe('the mirror', () => {
    testMirror(visit);
  });
  describe('the map', () => {
    testMap(visit);
  });
  describe('a page a class', () => {
    testClasses(visit);
  });
  describe('links', () => {
    testShare(visit);
  });
  describe('without a network', () => {
    testOffline(visit);
  });
  describe('with and without a GPU', () => {
    testGpu(visit);
  });
  describe('when a link is not what it seems', () => {
    testHostile(visit);
  });
  describe('when something is missing', () => {
    testFailures(visit);
  });
});
