export function CouponList() {
  return null;
}
