import { expect, test } from 'vitest'
import { searchWords } from '../../.vitepress/book/search-words.ts'

test('Chinese is cut into overlapping pairs, so that any part of a phrase is found', () => {
  expect(searchWords('健康检查')).toEqual(['健康', '康检', '检查'])
})

test('a single character is a word', () => {
  expect(searchWords('锁')).toEqual(['锁'])
})

test('a directive is found by its whole name and by either half', () => {
  expect(searchWords('proxy_pass http://web1;')).toEqual([
    'proxy_pass',
    'proxy',
    'pass',
    'http',
    'web1',
  ])
})

test('where the scripts meet, words end', () => {
  expect(searchWords('用nginx做负载均衡。')).toEqual([
    '用',
    'nginx',
    '做负',
    '负载',
    '载均',
    '均衡',
  ])
})

test('marks are no words', () => {
  expect(searchWords(' ，。— () ')).toEqual([])
})
