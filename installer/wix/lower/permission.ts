/** PermissionEx (MsiLockPermissionsEx) and Permission (LockPermissions). */
import * as problem from '../diagnostics.ts';
import { permissionRights } from '../schema/resource-elements.ts';
import { allowOnly } from './allow-only.ts';
import type { Lowering, Lowerings } from './lower-context.ts';

const lowerPermissionEx: Lowering = (node, scope, context) => {
  const object = scope.lockObject;
  if (object === undefined) return;
  const id = node.get('Id') ?? object.id;
  const [inner] = node.childrenNamed('Condition');
  if (inner !== undefined) allowOnly(inner, [], context);
  const condition = inner?.condition ?? null;
  context.define('MsiLockPermissionsEx', id, node.span);
  context.row(
    'MsiLockPermissionsEx',
    {
      MsiLockPermissionsEx: id,
      LockObject: object.id,
      Table: object.table,
      SDDLText: node.need('Sddl'),
      Condition: condition,
    },
    node.span,
  );
};

const GENERIC: Readonly<Record<string, number>> = {
  Delete: 0x10000,
  ReadPermission: 0x20000,
  ChangePermission: 0x40000,
  TakeOwnership: 0x80000,
  Synchronize: 0x100000,
  GenericAll: 0x10000000,
  GenericExecute: 0x20000000,
  GenericWrite: 0x40000000,
};
const onFolderOrFile = {
  ReadExtendedAttributes: 8,
  WriteExtendedAttributes: 0x10,
  ReadAttributes: 0x80,
  WriteAttributes: 0x100,
};

/** Bits of the access mask by protected object. Source: Windows "Access Mask Format" and the object types' rights. */
const SPECIFIC: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  File: {
    ...onFolderOrFile,
    Read: 1,
    Write: 2,
    Append: 4,
    Execute: 0x20,
    FileAllRights: 0x1ff,
    SpecificRightsAll: 0xffff,
  },
  CreateFolder: { ...onFolderOrFile, Read: 1, CreateFile: 2, CreateChild: 4, Traverse: 0x20, DeleteChild: 0x40 },
  Registry: { Read: 1, Write: 2, CreateSubkeys: 4, EnumerateSubkeys: 8, Notify: 0x10, CreateLink: 0x20 },
};

const lowerPermission: Lowering = (node, scope, context) => {
  const object = scope.lockObject;
  if (object === undefined) return;
  const bits: Readonly<Record<string, number>> = { ...GENERIC, ...SPECIFIC[object.table] };
  let mask = 0;
  for (const right of permissionRights.filter((name) => node.yes(name))) {
    const bit = bits[right];
    // GENERIC_READ alone is the one value that an MSI integer column cannot hold (it is the null mark).
    if (right === 'GenericRead') mask |= -0x80000000;
    else if (bit === undefined)
      context.report(
        problem.unusableCombination(node.spanOf(right), 'Permission', `"${right}" does not apply to a ${scope.parent}`),
      );
    else mask |= bit;
  }
  if (mask === -0x80000000) {
    context.report(
      problem.unusableCombination(
        node.span,
        'Permission',
        '"GenericRead" cannot be the only right, an MSI has no way to store it',
      ),
    );
  }
  context.row(
    'LockPermissions',
    {
      LockObject: object.id,
      Table: object.table,
      Domain: node.orNull('Domain'),
      User: node.need('User'),
      Permission: mask,
    },
    node.span,
  );
};

export const permissionLowerings: Lowerings = { PermissionEx: lowerPermissionEx, Permission: lowerPermission };
