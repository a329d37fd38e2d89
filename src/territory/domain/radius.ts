/**
 * Default search radius by département, in km: the national table of 2025 (`SAS_Rayons_zones_de_recherche_2025.ods`,
 * published with the national platform, MIT), restated by value.
 */
const departmentsByRadius: Readonly<Record<number, string>> = {
  5: '69 75 92 93 94 95',
  10: '06 13 14 29 30 31 33 34 35 38 42 44 54 57 59 62 66 67 68 74 76 77 78 83 84 90 91 971 972 974',
  20: '01 17 21 22 25 26 27 37 45 49 50 51 56 60 63 64 72 73 80 81 82 85 86 87',
  30: '02 03 07 08 11 16 28 2A 39 40 41 43 47 53 65 71 79 88',
  40: '05 09 10 18 19 24 2B 32 46 61 70 89',
  50: '04 12 15 23 36 48 52 55 58',
};

/**
 * The national table says 0 for these two, which would find nobody. Guyane: towns of the coast lie 50 to 60 km apart
 * (Cayenne, Kourou) with few doctors, hence the largest value of the table. Mayotte: 20 km reaches most of an island
 * 39 km long from Mamoudzou and takes the barge to Petite-Terre into account.
 */
const whereTheTableSaysZero: Readonly<Record<string, number>> = { '973': 50, '976': 20 };

/** The commonest value of the table below its largest ones, for the collectivités it does not name (975, 987…). */
const UNLISTED = 20;

const byDepartment = new Map<string, number>([
  ...Object.entries(departmentsByRadius).flatMap(([km, codes]) => codes.split(' ').map((code): [string, number] => [code, Number(km)])),
  ...Object.entries(whereTheTableSaysZero),
]);

/** Default search radius (km) around a commune of this département. */
export const defaultRadiusKm = (department: string): number => byDepartment.get(department) ?? UNLISTED;
