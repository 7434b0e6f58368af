/** The words of schema.org 30.0 that documents of JSON-LD may use: a closed list, for the dataset and for the pages of the site. */
const body = "address alternateName description identifier knowsAbout name parentOrganization url";
const article = "datePublished inLanguage name publisher url archivedAt";
// A new property is looked up in the vocabulary first: its domain holds the type, its range the value.
const ALLOWED: Record<string, string> = {
  Dataset:
    "creator creditText dateModified description distribution identifier inLanguage isAccessibleForFree isPartOf keywords license name spatialCoverage temporalCoverage url variableMeasured version",
  DataDownload: "contentUrl encodingFormat",
  Event:
    "about additionalType contributor description duration endDate eventStatus location name startDate superEvent",
  // A role stands between two nodes and repeats the property that it qualifies.
  OrganizationRole: "contributor member roleName",
  Organization: body,
  Corporation: body,
  GovernmentOrganization: body,
  NewsMediaOrganization: body,
  PostalAddress: "addressCountry",
  Person: "jobTitle name worksFor",
  Project: "description location member name",
  StatisticalVariable: "description name statType",
  Observation:
    "additionalProperty maxValue minValue observationAbout observationDate observationPeriod unitText value variableMeasured",
  PropertyValue: "name propertyID value",
  Claim: "author creativeWorkStatus datePublished description",
  CreativeWork: article,
  Article: article,
  NewsArticle: article,
  Report: article,
  SocialMediaPosting: article,
  DiscussionForumPosting: article,
  DefinedTerm: "description inDefinedTermSet name termCode",
  Place: "containedInPlace identifier latitude longitude name",
  Country: "containedInPlace identifier latitude longitude name",
  AdministrativeArea: "containedInPlace identifier latitude longitude name",
  City: "containedInPlace identifier latitude longitude name",
  // Of the pages of the site alone.
  BreadcrumbList: "itemListElement",
  ListItem: "item name position",
  WebPage: "description name url",
  CollectionPage: "description name url",
  SearchResultsPage: "name url",
  FAQPage: "mainEntity name url",
  Question: "name url",
  DefinedTermSet: "hasDefinedTerm name url",
  ClaimReview: "author claimReviewed itemReviewed reviewRating url",
  Rating: "alternateName bestRating ratingValue worstRating",
};

/** What stands at a node whose type does not have it. */
export function strayProperties(graph: unknown): string[] {
  const odd = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const node = value as Record<string, unknown>;
    const types = [node["@type"] ?? []].flat().filter((t) => !String(t).includes(":")) as string[];
    for (const [key, inner] of Object.entries(node)) {
      if (types.length > 0 && !/[@:]/.test(key) && !types.some((t) => ALLOWED[t]?.split(" ").includes(key)))
        odd.add(`${types.join()} ${key}`);
      walk(inner);
    }
  };
  walk(graph);
  return [...odd];
}
