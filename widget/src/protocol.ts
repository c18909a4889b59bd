// SPDX-License-Identifier: MIT
// Generated from the tables in protocol/: what the server says and hears, as a visitor sees it.

export type AuthorKind = 'visitor' | 'agent' | 'system';
export type ConversationStatus = 'open' | 'closed';
export type FileReason = 'type' | 'image' | 'infected';
export type FileState = 'uploading' | 'checking' | 'ready' | 'refused';
export type FormAsked = 'open' | 'closed';
export type FormKind = 'text' | 'name' | 'email' | 'phone' | 'choice' | 'checkbox' | 'date' | 'department';
export type MessageEvent = 'assigned' | 'unassigned' | 'closed' | 'reopened' | 'transferred' | 'snoozed' | 'woken' | 'escalated' | 'deescalated' | 'transcript_sent' | 'transcript_failed';
export type MessageKind = 'text' | 'note' | 'event';
export type PeerRole = 'visitor' | 'agent';
export type PresenceState = 'offline' | 'away' | 'online';
export type Scheme = 'auto' | 'light' | 'dark';
export type Side = 'right' | 'left';
export type SignalKind = 'typing' | 'presence' | 'viewing' | 'test' | 'call';
export type SiteSound = 'chime' | 'bell' | 'drop';
export type SurveyKind = 'stars' | 'thumbs' | 'scale';
export type TriggerHow = 'is' | 'is_not' | 'at_least' | 'at_most' | 'matches' | 'matches_not';
export type TriggerKind = 'page_time' | 'site_time' | 'pages' | 'url' | 'referrer' | 'utm' | 'scroll' | 'exit' | 'event' | 'event_value' | 'language' | 'returning' | 'attribute' | 'country' | 'hour' | 'agents_online';

export interface Site {
  type: 'site';
  deleted?: undefined;
  /** Made by whoever makes the record. */
  id: string;
  /** The organisation's revision of the last change. */
  rev?: number;
  name: string;
  key?: string;
  color?: string;
  greeting?: string;
  appearance?: SiteAppearance;
  offline?: SiteOffline;
  /** Nobody sees what a visitor types before it is sent. */
  peek_off?: boolean;
  form?: SiteForm;
  /** Only visitors write whose identity was proven. */
  verified_only?: boolean;
  privacy?: SitePrivacy;
  /** There are some that may act here. */
  triggers?: boolean;
  survey?: SiteSurvey;
  alerts?: SiteAlerts;
  files?: SiteFiles;
}

export interface Visitor {
  type: 'visitor';
  deleted?: undefined;
  /** Made by whoever makes the record. */
  id: string;
  /** The organisation's revision of the last change. */
  rev?: number;
  site_id: string;
  name?: string;
  email?: string;
  created_at?: number;
}

export interface Conversation {
  type: 'conversation';
  deleted?: undefined;
  /** Made by whoever makes the record. */
  id: string;
  /** The organisation's revision of the last change. */
  rev?: number;
  site_id: string;
  visitor_id: string;
  status: ConversationStatus;
  assignee_id?: string;
  assignee_name?: string;
  created_at?: number;
  closed_at?: number;
  last_message_at?: number;
  last_position?: number;
  last_author?: AuthorKind;
  preview?: string;
  department_id?: string;
  rating?: number;
  rating_comment?: string;
  /** What the rating follows from, where the visitor was not asked for stars. */
  survey?: SurveyAnswer;
  /** It began outside the hours of the site. */
  away?: boolean;
  /** The field of the site's form that the visitor is asked now. */
  question_id?: string;
}

export interface File {
  type: 'file';
  deleted?: undefined;
  /** Made by whoever makes the record. */
  id: string;
  /** The organisation's revision of the last change. */
  rev?: number;
  conversation_id: string;
  author_kind: AuthorKind;
  author_id?: string;
  name: string;
  /** What its content is. */
  media_type?: string;
  size: number;
  width?: number;
  height?: number;
  state: FileState;
  /** Why it was refused. */
  reason?: FileReason;
  /** A message has it. */
  sent?: boolean;
  created_at?: number;
}

export interface Message {
  type: 'message';
  deleted?: undefined;
  /** Made by whoever makes the record. */
  id: string;
  /** The organisation's revision of the last change. */
  rev?: number;
  conversation_id: string;
  position?: number;
  kind: MessageKind;
  event?: MessageEvent;
  author_kind: AuthorKind;
  author_id?: string;
  author_name?: string;
  target_id?: string;
  target_name?: string;
  text?: string;
  created_at?: number;
  reply_to?: string;
  /** Ids of files. */
  files?: string[];
  edited_at?: number;
  removed_at?: number;
}

export interface ReadMark {
  type: 'read_mark';
  deleted?: undefined;
  /** Made by whoever makes the record. */
  id: string;
  /** The organisation's revision of the last change. */
  rev?: number;
  conversation_id: string;
  reader_kind: AuthorKind;
  reader_id: string;
  position: number;
  read_at?: number;
}

/** What is left of a record that was deleted, or is no longer ours to see: forget it. */
export interface Tombstone {
  type: 'site' | 'visitor' | 'conversation' | 'file' | 'message' | 'read_mark';
  id: string;
  rev?: number;
  deleted: true;
}

/** Told apart by `deleted`, then by `type`. */
export type AnyRecord = Site | Visitor | Conversation | File | Message | ReadMark | Tombstone;

export interface Signal {
  kind: SignalKind;
  conversation_id?: string;
  actor_kind: AuthorKind;
  actor_id?: string;
  actor_name?: string;
  text?: string;
  active?: boolean;
  state?: PresenceState;
}

export interface SiteAppearance {
  scheme?: Scheme;
  side?: Side;
  /** Pixels into the page, from where the launcher is by itself. */
  offset_x?: number;
  offset_y?: number;
  launcher_text?: string;
  title?: string;
  photos_off?: boolean;
  bubble_text?: string;
  /** Seconds. */
  bubble_delay?: number;
  branding_off?: boolean;
}

export interface SiteOffline {
  text?: string;
  /** Outside the hours no conversation is begun. */
  messages_off?: boolean;
}

export interface FormDepartment {
  id: string;
  name: string;
}

export interface FormField {
  id: string;
  kind: FormKind;
  label: string;
  required?: boolean;
  /** Within the hours of the site alone, or outside them. */
  asked?: FormAsked;
  /** In the conversation, not before it. */
  during?: boolean;
  choices?: string[];
  /** A field above, a choice, a checkbox or a department. */
  shown_when?: string;
  /** What that field has to say. */
  shown_is?: string;
  /** The server's to say: the departments among which visitors choose now. */
  offered?: FormDepartment[];
}

export interface SiteForm {
  on?: boolean;
  /** The server's to say; answers name it. */
  version?: number;
  title?: string;
  hint?: string;
  fields?: FormField[];
}

export interface FormValue {
  field: string;
  value: string;
}

export interface FormReply {
  /** Of the form that was shown; another than the site's is a conflict. */
  version: number;
  /** What is asked outside the hours was shown. */
  closed?: boolean;
  values?: FormValue[];
}

export interface SitePrivacy {
  /** Nobody is followed on the pages before they have agreed. */
  ask_first?: boolean;
}

export interface TriggerCondition {
  kind: TriggerKind;
  how: TriggerHow;
  /** Of an event, an attribute or a part of the campaign. */
  name?: string;
  value: string;
}

export interface SiteSurvey {
  /** Nobody is asked. */
  off?: boolean;
  /** 1 to 5, down or up, 0 to 10. */
  kind?: SurveyKind;
}

export interface SurveyAnswer {
  kind: SurveyKind;
  score: number;
}

export interface SiteAlerts {
  /** Until a visitor chooses otherwise, as is all here. */
  sound_off?: boolean;
  sound?: SiteSound;
  /** 0: what the widget chooses. */
  volume?: number;
}

export interface SiteFiles {
  /** Visitors send none. */
  off?: boolean;
  /** Bytes of one, within the server's limit; 0: that one. */
  max_size?: number;
  /** Media types, of those that the server takes; a star at the end stands for anything. */
  types?: string[];
}

export interface SiteOpening {
  closed?: boolean;
  /** When that changes next; absent: never. */
  until?: number;
  /** How soon visitors usually get an answer, rounded up; 0: not known, or not told. */
  reply_minutes?: number;
}

export interface ServerInfo {
  name: string;
  version: string;
  time?: number;
  message_text_max?: number;
  frame_max?: number;
  /** Bytes of one file. */
  file_size_max?: number;
  /** It can send mail. */
  mail?: boolean;
}

export interface OpenParams {
  token?: string;
  site?: string;
  since?: number;
  epoch?: number;
  first?: boolean;
  client?: string;
  locale?: string;
  time_zone?: string;
}

export interface OpenResult {
  role: PeerRole;
  id?: string;
  session_id?: string;
  organisation_id?: string;
  time?: number;
  rev?: number;
  more?: boolean;
  epoch?: number;
  reset?: boolean;
  records?: AnyRecord[];
  signals?: Signal[];
  /** A visitor's: whether their site is open. */
  opening?: SiteOpening;
}

export interface SyncParams {
  since?: number;
  epoch?: number;
  first?: boolean;
  limit?: number;
}

export interface Changes {
  prev?: number;
  rev?: number;
  records?: AnyRecord[];
}

export interface RecordsResult {
  rev?: number;
  more?: boolean;
  epoch?: number;
  reset?: boolean;
  records?: AnyRecord[];
}

export interface AgentPhotosParams {
  /** At most 20. */
  agent_ids: string[];
}

export interface AgentPhoto {
  agent_id: string;
  /** Their picture is at /photos/ and this. */
  photo: string;
}

export interface AgentPhotosResult {
  photos?: AgentPhoto[];
}

export interface SaidAttribute {
  name: string;
  value?: string;
}

export interface IdentifyParams {
  name?: string;
  email?: string;
  /** By the names of the organisation's attributes; what has none, or does not fit its kind, is ignored. */
  attributes?: SaidAttribute[];
}

export interface IdentifyResult {
  records?: AnyRecord[];
  /** Names of attributes that were not taken. */
  ignored?: string[];
}

export interface VisitorProveParams {
  jwt: string;
}

export interface ConversationStartParams {
  id: string;
  message_id: string;
  text: string;
  /** By a visitor: the site's form, filled in. */
  form?: FormReply;
}

export interface ConversationActionParams {
  id: string;
  event_id: string;
}

export interface ConversationTranscriptParams {
  id: string;
  event_id: string;
  address: string;
}

export interface ConversationRateParams {
  id: string;
  rating: number;
  /** Where it was not asked for in stars: a thumb is worth 1 or 5 of them, 0 to 10 half as many, rounded up, at least 1. */
  survey?: SurveyAnswer;
  comment?: string;
}

export interface ConversationAnswerParams {
  id: string;
  /** The conversation's question_id. */
  field: string;
  /** None passes over what need not be answered. */
  value?: string;
}

export interface ConversationReadParams {
  conversation_id: string;
  position: number;
}

export interface MessageListParams {
  conversation_id: string;
  before?: number;
  limit?: number;
}

export interface MessageSendParams {
  id: string;
  conversation_id: string;
  text: string;
  reply_to?: string;
  /** Ids of files. */
  files?: string[];
}

export interface FileCreateParams {
  id: string;
  conversation_id: string;
  name: string;
  /** In bytes. */
  size: number;
}

export interface FileParams {
  id: string;
}

export interface FileResult {
  rev?: number;
  records?: AnyRecord[];
  /** Where to PUT the content. */
  upload?: string;
  /** Where to GET the content, until expires_at. */
  link?: string;
  expires_at?: number;
}

export interface TypingParams {
  conversation_id: string;
  text?: string;
  active?: boolean;
}

export interface VisitPageParams {
  visit_id: string;
  /** Of this look at a page. */
  id: string;
  url: string;
  title?: string;
  /** Of the page that the visit began with. */
  referrer?: string;
  landing?: string;
  /** Milliseconds for which it has been seen so far. */
  visible?: number;
  /** It is before their eyes no longer. */
  left?: boolean;
  screen?: string;
  languages?: string;
  time_zone?: string;
  /** The browser's name for itself; cut after 512 characters. */
  agent?: string;
  /** They have agreed to be followed; where a site wants that, nothing is taken without it. */
  agreed?: boolean;
}

export interface EventDatum {
  name: string;
  value?: string;
}

export interface VisitTrackParams {
  id: string;
  visit_id: string;
  name: string;
  /** In hundredths. */
  value?: number;
  data?: EventDatum[];
  /** As in visit.page. */
  agreed?: boolean;
}

export interface TriggerOffersParams {
  visit_id: string;
}

export interface TriggerOffer {
  id: string;
  /** One condition is enough. */
  any?: boolean;
  conditions?: TriggerCondition[];
}

export interface TriggerOffersResult {
  offers?: TriggerOffer[];
}

export interface TriggerFireParams {
  /** Of this time. */
  id: string;
  trigger_id: string;
  visit_id: string;
  url?: string;
}

export interface TriggerFireResult {
  fired?: boolean;
  author?: string;
  bubble?: string;
  /** The panel opens. */
  open?: boolean;
}
