using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tidegate.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ConfigStore : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "config_overlays",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    author = table.Column<string>(type: "TEXT", nullable: false),
                    evidence = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    patches = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_config_overlays", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "config_revisions",
                columns: table => new
                {
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    parent = table.Column<long>(type: "INTEGER", nullable: false),
                    author = table.Column<string>(type: "TEXT", nullable: false),
                    message = table.Column<string>(type: "TEXT", nullable: false),
                    time = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    summary = table.Column<string>(type: "TEXT", nullable: false),
                    document = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_config_revisions", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_config_overlays_expires_at",
                table: "config_overlays",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_config_overlays_version",
                table: "config_overlays",
                column: "version");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "config_overlays");

            migrationBuilder.DropTable(
                name: "config_revisions");
        }
    }
}
