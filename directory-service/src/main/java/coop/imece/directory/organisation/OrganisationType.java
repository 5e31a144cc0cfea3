package coop.imece.directory.organisation;

/// What an organisation is at the root; its kind (code list `organisation-kinds`) says more.
enum OrganisationType {
    COOPERATIVE,
    UNION,
    CLUSTER,
    SUPPORTER
}
