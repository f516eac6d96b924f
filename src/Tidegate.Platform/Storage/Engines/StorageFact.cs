namespace Tidegate.Platform.Storage.Engines;

/// <summary>A row of <c>storage_facts</c>: what this database knows about itself.</summary>
internal sealed class StorageFact
{
    /// <summary>Random id of this installation, made when the database is created.</summary>
    public const string Installation = "installation";

    public required string Name { get; init; }

    public required string Value { get; set; }
}
