namespace Tidegate.Models.Providers;

/// <summary>What a vendor's addresses and signatures are made of.</summary>
/// <param name="Address">Where it is, without a slash at the end.</param>
/// <param name="Region">Region; null where the vendor has none.</param>
/// <param name="Project">Project; null where the vendor has none.</param>
/// <param name="ApiVersion">Version of the API; null for the vendor's default.</param>
public sealed record VendorAccount(string Address, string? Region = null, string? Project = null, string? ApiVersion = null);
