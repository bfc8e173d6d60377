export function OrganizationSettings() {
  return null;
}
