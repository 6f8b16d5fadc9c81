/** Dialogs, their controls and the texts that Windows Installer shows. Source: WiX v3 schema reference. */
import { embeddedUiMessages } from '../embedded-ui-messages.ts';
import { id, integer, nonEmpty, oneOf, path, required, text, yesNo } from './attribute-types.ts';
import { type ElementDefinition, element } from './element-definition.ts';

/** Bits 0 to 7 of Control.Attributes, which every control has. Source: Windows Installer "Control Attributes". */
export const commonControlBits: readonly string[] = [
  'Hidden',
  'Disabled',
  'Sunken',
  'Indirect',
  'Integer',
  'RightToLeft',
  'RightAligned',
  'LeftScroll',
];

const volumes = ['Removable', 'Fixed', 'Remote', 'CDROM', 'RAMDisk', 'Floppy', 'ShowRollbackCost'];
const edit = ['Multiline', null, null, null, null, 'Password'];
const icon = ['FixedSize', 'Icon16', 'Icon32'];

/** The attribute behind each bit from 16 on, by type of control; null where the type has no such bit. */
export const controlTypeBits: Readonly<Record<string, readonly (string | null)[]>> = {
  Billboard: [],
  Bitmap: ['Image', null, null, null, 'FixedSize'],
  CheckBox: [null, 'PushLike', 'Bitmap', 'Icon', ...icon],
  ComboBox: ['Sorted', 'ComboList', null, null, 'UserLanguage'],
  DirectoryCombo: volumes,
  DirectoryList: [],
  Edit: edit,
  GroupBox: [],
  Hyperlink: ['Transparent'],
  Icon: ['Image', null, null, null, ...icon],
  Line: [],
  ListBox: ['Sorted', null, null, null, 'UserLanguage'],
  ListView: ['Sorted', null, null, null, ...icon],
  MaskedEdit: edit,
  PathEdit: edit,
  ProgressBar: ['ProgressBlocks'],
  PushButton: ['Image', null, 'Bitmap', 'Icon', ...icon, 'ElevationShield'],
  RadioButtonGroup: ['Image', 'PushLike', 'Bitmap', 'Icon', ...icon, null, 'HasBorder'],
  ScrollableText: [],
  SelectionTree: [],
  Text: ['Transparent', 'NoPrefix', 'NoWrap', 'FormatSize', 'UserLanguage'],
  VolumeCostList: volumes,
  VolumeSelectCombo: volumes,
};

const bitNames = [...new Set([...commonControlBits, ...Object.values(controlTypeBits).flat()])].filter(
  (name) => name !== null,
);

const coordinate = required(integer(0, 32767));
const place = { Height: coordinate, Width: coordinate, X: coordinate, Y: coordinate };
const uiChildren = [
  'AdminUISequence',
  'BillboardAction',
  'Binary',
  'ComboBox',
  'Dialog',
  'DialogRef',
  'EmbeddedUI',
  'Error',
  'InstallUISequence',
  'ListBox',
  'ListView',
  'ProgressText',
  'Property',
  'PropertyRef',
  'Publish',
  'RadioButtonGroup',
  'TextStyle',
  'UIRef',
  'UIText',
];
const ignorable = Object.keys(embeddedUiMessages);
const dialogSwitches = [
  'CustomPalette',
  'ErrorDialog',
  'Hidden',
  'KeepModeless',
  'LeftScroll',
  'Modeless',
  'NoMinimize',
  'RightAligned',
  'RightToLeft',
  'SystemModal',
  'TrackDiskSpace',
];

export const uiElements: readonly ElementDefinition[] = [
  element('UI', { attributes: { Id: id }, children: uiChildren }),
  element('UIRef', { attributes: { Id: required(id) } }),
  element('Dialog', {
    attributes: {
      Id: required(id),
      ...switches(dialogSwitches),
      Height: required(integer(0, 32767)),
      Title: text,
      Width: required(integer(0, 32767)),
      X: integer(0, 100),
      Y: integer(0, 100),
    },
    children: ['Control'],
  }),
  element('DialogRef', { attributes: { Id: required(id) } }),
  element('Control', {
    attributes: {
      Id: required(id),
      ...switches(bitNames),
      ...place,
      Cancel: yesNo,
      CheckBoxPropertyRef: id,
      CheckBoxValue: text,
      Default: yesNo,
      Help: text,
      IconSize: oneOf('16', '32', '48'),
      Property: text,
      TabSkip: yesNo,
      Text: text,
      ToolTip: text,
      Type: required(oneOf(...Object.keys(controlTypeBits))),
    },
    children: [
      'Binary',
      'ComboBox',
      'Condition',
      'ListBox',
      'ListView',
      'Property',
      'Publish',
      'RadioButtonGroup',
      'Subscribe',
      'Text',
    ],
  }),
  element('Text', { attributes: { SourceFile: path }, text: true }),
  element('Publish', {
    attributes: { Control: id, Dialog: id, Event: nonEmpty, Order: integer(0), Property: nonEmpty, Value: text },
    text: true,
  }),
  element('Subscribe', { attributes: { Attribute: required(id), Event: required(id) } }),
  element('ComboBox', { attributes: { Property: required(nonEmpty) }, children: ['ListItem'] }),
  element('ListBox', { attributes: { Property: required(nonEmpty) }, children: ['ListItem'] }),
  element('ListView', { attributes: { Property: required(nonEmpty) }, children: ['ListItem'] }),
  element('ListItem', { attributes: { Icon: id, Text: text, Value: required(text) } }),
  element('RadioButtonGroup', { attributes: { Property: required(id) }, children: ['RadioButton'] }),
  element('RadioButton', {
    attributes: { ...place, Bitmap: id, Help: text, Icon: id, Text: text, ToolTip: text, Value: required(text) },
  }),
  element('TextStyle', {
    attributes: {
      Id: required(id),
      Blue: integer(0, 255),
      Bold: yesNo,
      FaceName: required(nonEmpty),
      Green: integer(0, 255),
      Italic: yesNo,
      Red: integer(0, 255),
      Size: integer(0, 32767),
      Strike: yesNo,
      Underline: yesNo,
    },
  }),
  element('UIText', { attributes: { Id: required(id) }, text: true }),
  element('ProgressText', { attributes: { Action: required(nonEmpty), Template: text }, text: true }),
  element('Error', { attributes: { Id: required(integer(0, 32767)) }, text: true }),
  element('BillboardAction', { attributes: { Id: required(id) }, children: ['Billboard'] }),
  element('Billboard', { attributes: { Id: required(id), Feature: id }, children: ['Control'] }),
  element('EmbeddedUI', {
    attributes: {
      Id: id,
      ...switches(ignorable.map((name) => `Ignore${name}`)),
      Name: text,
      SourceFile: required(path),
      SupportBasicUI: yesNo,
    },
    children: ['EmbeddedUIResource'],
  }),
  element('EmbeddedUIResource', { attributes: { Id: id, Name: text, SourceFile: required(path) } }),
];

function switches(names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, yesNo]));
}
