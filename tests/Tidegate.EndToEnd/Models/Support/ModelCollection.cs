namespace Tidegate.EndToEnd.Models.Support;

/// <summary>Tests that share one gateway.</summary>
[CollectionDefinition(nameof(ModelHost))]
public sealed class ModelCollection : ICollectionFixture<ModelHost>;
